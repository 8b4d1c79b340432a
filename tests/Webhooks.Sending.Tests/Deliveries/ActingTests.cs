using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Webhooks.Tests.Deliveries;

/// <summary>Deliveries can be cancelled, redelivered, recovered and replayed.</summary>
public sealed class ActingTests : IDisposable
{
    private readonly DeliveriesHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IWebhookDeliveries Deliveries => _host.Deliveries;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task All_pending_deliveries_of_a_message_are_cancelled()
    {
        using var requested = Requested();
        var (one, two) = (await _host.EndpointAsync(), await _host.EndpointAsync());
        var id = await _host.PublishAsync(one, two);
        await _host.PublishAsync(one);

        var count = await Deliveries.CancelAsync(id, cancellationToken: Cancel);

        Assert.Equal((2, 0), (count, await Deliveries.CancelAsync(id, cancellationToken: Cancel)));
        Assert.Equal(DeliveryState.Cancelled, (await Deliveries.GetAsync(id, two.Id, Cancel))!.State);
        Assert.Single(await _host.ClaimAsync());
        Assert.Equal((2, "cancel"), Count(requested));
        Assert.Equal(365, _host.Logs.GetSnapshot()[0].Id.Id);
    }

    [Fact]
    public async Task One_delivery_is_cancelled_and_the_others_are_not()
    {
        var (one, two) = (await _host.EndpointAsync(), await _host.EndpointAsync());
        var id = await _host.PublishAsync(one, two);

        var count = await Deliveries.CancelAsync(id, one.Id, Cancel);

        Assert.Equal(1, count);
        Assert.Equal(two.Number, Assert.Single(await _host.ClaimAsync()).EndpointNumber);
        Assert.Equal(0, await Deliveries.CancelAsync(id, "ep_none", Cancel));
        Assert.Equal(0, await Deliveries.CancelAsync(MessageId.New(), two.Id, Cancel));
    }

    [Theory]
    [InlineData(DeliveryState.Succeeded)]
    [InlineData(DeliveryState.Failed)]
    public async Task A_delivery_that_is_done_is_made_due_again(DeliveryState state)
    {
        using var requested = Requested();
        var endpoint = await _host.EndpointAsync();
        var id = await _host.PublishAsync(endpoint);
        await _host.DeliverAsync(state);
        _host.Signal.TryTake();

        var done = await Deliveries.RedeliverAsync(id, endpoint.Id, Cancel);

        Assert.True(done);
        Assert.True(_host.Signal.TryTake());
        var again = Assert.Single(await _host.ClaimAsync());
        Assert.Equal((id.Value, AttemptTrigger.Manual, 1, 0),
            (again.Message.Id, again.Trigger, again.Attempts, again.Tries));
        Assert.Equal((1, "redeliver"), Count(requested));
        Assert.Contains(_host.Logs.GetSnapshot(), log => log.Id.Id == 366);
    }

    [Fact]
    public async Task What_is_not_there_or_is_being_attempted_or_is_deleted_is_not_redelivered()
    {
        var (held, deleted) = (await _host.EndpointAsync(), await _host.EndpointAsync());
        var id = await _host.PublishAsync(held, deleted);
        await _host.ClaimAsync();
        await _host.Store.UpdateEndpointAsync(deleted with { State = EndpointState.Deleted }, Cancel);
        _host.Signal.TryTake();

        Assert.False(await Deliveries.RedeliverAsync(id, held.Id, Cancel));
        Assert.False(await Deliveries.RedeliverAsync(id, deleted.Id, Cancel));
        Assert.False(await Deliveries.RedeliverAsync(id, "ep_none", Cancel));
        Assert.False(await Deliveries.RedeliverAsync(MessageId.New(), held.Id, Cancel));
        Assert.False(_host.Signal.TryTake());
    }

    [Fact]
    public async Task All_failed_deliveries_of_an_endpoint_since_a_time_are_recovered()
    {
        using var requested = Requested();
        var (one, two) = (await _host.EndpointAsync(), await _host.EndpointAsync());
        await _host.PublishAsync(one);
        await _host.DeliverAsync(DeliveryState.Failed);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await _host.PublishAsync(one);
        await _host.DeliverAsync();
        var wanted = new List<string>();
        for (var i = 0; i < 1203; i++)
            wanted.Add((await _host.PublishAsync(one, two)).Value);
        await _host.DeliverAsync(DeliveryState.Failed);

        var count = await Deliveries.RecoverAsync(one.Id, The.Now.AddMinutes(30), Cancel);

        var again = await _host.ClaimAsync();
        Assert.Equal(1203, count);
        Assert.Equal(wanted, again.Select(delivery => delivery.Message.Id));
        Assert.All(again, delivery => Assert.Equal(one.Number, delivery.EndpointNumber));
        Assert.Equal((1203, "recover"), Count(requested));
        Assert.Equal(0, await Deliveries.RecoverAsync(one.Id, The.Now.AddMinutes(30), Cancel));
    }

    [Fact]
    public async Task What_fails_again_while_others_are_recovered_is_not_recovered_twice()
    {
        var endpoint = await _host.EndpointAsync();
        for (var i = 0; i < 700; i++)
            await _host.PublishAsync(endpoint);
        await _host.DeliverAsync(DeliveryState.Failed);
        _host.Store.Before = async call =>
        {
            if (call != "Redeliver" || _host.Store.Count("Redeliver") == 1)
                return;

            await _host.PublishAsync(endpoint);
            await _host.DeliverAsync(DeliveryState.Failed);
        };

        var count = await Deliveries.RecoverAsync(endpoint.Id, The.Now, Cancel);

        Assert.Equal((700, 2), (count, _host.Store.Count("Redeliver")));
    }

    [Fact]
    public async Task Stored_messages_of_its_tenant_are_replayed_to_an_endpoint()
    {
        using var requested = Requested();
        var (one, other) = (await _host.EndpointAsync("acme"), await _host.EndpointAsync("other"));
        await _host.PublishAsync("invoice.paid", one);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var from = _host.Clock.GetUtcNow();
        var got = await _host.PublishAsync("invoice.paid", one);
        var paid = await _host.PublishAsync("invoice.voided", one);
        await _host.PublishAsync("invoice.paid", other);
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var until = _host.Clock.GetUtcNow();
        await _host.PublishAsync("invoice.paid", one);
        await _host.DeliverAsync();
        var late = await _host.EndpointAsync("acme");

        var count = await Deliveries.ReplayAsync(late.Id, from, until, cancellationToken: Cancel);

        var replayed = await _host.ClaimAsync();
        Assert.Equal(2, count);
        Assert.Equal([got.Value, paid.Value], replayed.Select(delivery => delivery.Message.Id));
        Assert.All(replayed, delivery => Assert.Equal(
            (late.Number, AttemptTrigger.Replay), (delivery.EndpointNumber, delivery.Trigger)));
        Assert.True(_host.Signal.TryTake());
        Assert.Equal((2, "replay"), Count(requested));
    }

    [Theory]
    [InlineData(new[] { "invoice.paid" }, new[] { "invoice.paid" })]
    [InlineData(new[] { "invoice.*" }, new[] { "invoice.paid", "invoice.item.added" })]
    [InlineData(new[] { "order.*", "invoice.paid" }, new[] { "invoice.paid", "order.sent" })]
    [InlineData(new[] { "*" }, new[] { "invoice.paid", "invoice.item.added", "order.sent" })]
    [InlineData(new string[0], new string[0])]
    public async Task Event_types_to_replay_can_be_chosen(string[] filters, string[] expected)
    {
        var endpoint = await _host.EndpointAsync();
        foreach (var type in new[] { "invoice.paid", "invoice.item.added", "order.sent" })
            await _host.PublishAsync(type, endpoint);
        await _host.DeliverAsync();

        var count = await Deliveries.ReplayAsync(
            endpoint.Id, The.Now, The.Now.AddDays(1), [.. filters.Select(EventTypeFilter.Parse)], Cancel);

        var replayed = await _host.ClaimAsync();
        Assert.Equal(expected.Length, count);
        Assert.Equal(expected, replayed.Select(delivery => delivery.Message.EventType));
    }

    [Fact]
    public async Task Recovering_and_replaying_to_no_endpoint_is_refused()
    {
        var deleted = await _host.EndpointAsync();
        await _host.Store.UpdateEndpointAsync(deleted with { State = EndpointState.Deleted }, Cancel);

        foreach (var id in new[] { "ep_none", deleted.Id })
        {
            await Assert.ThrowsAsync<KeyNotFoundException>(() => Deliveries.RecoverAsync(id, The.Now, Cancel));
            await Assert.ThrowsAsync<KeyNotFoundException>(
                () => Deliveries.ReplayAsync(id, The.Now, The.Now, cancellationToken: Cancel));
        }
    }

    [Fact]
    public async Task Other_nodes_are_told_of_the_work_when_this_one_does_not_deliver()
    {
        var endpoint = await _host.EndpointAsync();
        var id = await _host.PublishAsync(endpoint);
        await _host.DeliverAsync();

        await Deliveries.RedeliverAsync(id, endpoint.Id, Cancel);

        await Waiting.UntilAsync(() => _host.Store.Count("Notify") == 1);
    }

    private MetricCollector<long> Requested() => new(_host.Meters, "Webhooks", "webhooks.deliveries.requested");

    private static (long, string) Count(MetricCollector<long> requested)
    {
        var counted = Assert.Single(requested.GetMeasurementSnapshot());
        return (counted.Value, (string)counted.Tags["webhooks.request"]!);
    }
}
