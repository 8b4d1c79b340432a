using Microsoft.Extensions.Time.Testing;

namespace Webhooks.Tests.Delivery;

public sealed class FairQueueTests
{
    private readonly FairQueue _queue = new();
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly TenantLanes _big = new("big");
    private readonly TenantLanes _small = new("small");

    [Fact]
    public void An_empty_queue_has_no_turn()
    {
        Assert.False(_queue.TryTake(_ => true, out _));
    }

    [Fact]
    public void Tenants_take_turns_however_many_lanes_they_have()
    {
        foreach (var number in Enumerable.Range(1, 4))
            _queue.Add(Lane(number, _big));
        _queue.Add(Lane(9, _small));

        var order = TakeAndAddAgain(turns: 8);

        Assert.Equal([1, 9, 2, 9, 3, 9, 4, 9], order);
    }

    [Fact]
    public void Lanes_of_a_tenant_take_turns()
    {
        foreach (var number in Enumerable.Range(1, 3))
            _queue.Add(Lane(number, _big));

        Assert.Equal([1, 2, 3, 1, 2, 3], TakeAndAddAgain(turns: 6));
    }

    [Fact]
    public void A_lane_that_may_have_no_slot_is_passed_over_and_stays()
    {
        foreach (var number in Enumerable.Range(1, 3))
            _queue.Add(Lane(number, _big));

        Assert.True(_queue.TryTake(lane => lane.Number == 3, out var third));
        Assert.False(_queue.TryTake(_ => false, out _));
        Assert.True(_queue.TryTake(_ => true, out var first));
        Assert.True(_queue.TryTake(_ => true, out var second));
        Assert.False(_queue.TryTake(_ => true, out _));

        Assert.Equal([3, 1, 2], [third.Number, first.Number, second.Number]);
    }

    [Fact]
    public void Another_tenants_lane_goes_when_one_tenant_may_have_no_slot()
    {
        _queue.Add(Lane(1, _big));
        _queue.Add(Lane(9, _small));

        Assert.True(_queue.TryTake(lane => lane.Tenant == _small, out var lane));

        Assert.Equal(9, lane.Number);
    }

    private long[] TakeAndAddAgain(int turns)
    {
        var order = new long[turns];
        for (var turn = 0; turn < turns; turn++)
        {
            Assert.True(_queue.TryTake(_ => true, out var lane));
            order[turn] = lane.Number;
            _queue.Add(lane);
        }

        return order;
    }

    private Lane Lane(long number, TenantLanes tenant) => new(
        number, tenant, new LanePrefetch(100, new DispatchClock(_clock)),
        new EndpointCircuit(new WebhookDeliveryOptions(), _clock, new FixedRandom(0.5)));
}
