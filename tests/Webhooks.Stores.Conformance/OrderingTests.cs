namespace Webhooks.Stores;

/// <summary>Messages of one ordering key go to an endpoint one after the other, in their order.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class OrderingTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task Only_the_oldest_of_a_key_is_leased()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint), Ordered("k", endpoint)]);
        var oldest = (await DeliveriesAsync())[0].Id;

        var first = await ClaimAsync();
        var second = await ClaimAsync();

        Assert.Equal(oldest, first.Only.Id);
        Assert.True(first.Only.IsOrdered);
        Assert.Empty(second.Deliveries);
        Assert.False(second.Result.HasMore);
    }

    [Theory]
    [InlineData(DeliveryState.Succeeded)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Cancelled)]
    public async Task The_next_goes_when_the_one_before_is_done(DeliveryState state)
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint)]);
        var first = await ClaimAsync();

        await CompleteAsync(first.Complete(first.Only, state));

        var second = (await ClaimAsync()).Only;
        Assert.True(second.Id > first.Only.Id);
        Assert.True(second.IsOrdered);
    }

    [Fact]
    public async Task The_next_waits_while_the_one_before_waits_for_its_retry()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint)]);
        var first = await ClaimAsync();
        await CompleteAsync(first.Retry(first.Only, TimeSpan.FromMinutes(10)));

        Assert.Empty((await ClaimAsync()).Deliveries);
        await AdvanceAsync(TimeSpan.FromMinutes(11));
        var again = (await ClaimAsync()).Only;

        Assert.Equal((first.Only.Id, 1, true), (again.Id, again.Tries, again.IsOrdered));
    }

    [Fact]
    public async Task A_message_put_off_holds_those_behind_it()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(Ordered("k", endpoint) with { Delay = TimeSpan.FromHours(1) });
        await PublishAsync(Ordered("k", endpoint));

        Assert.Empty((await ClaimAsync()).Deliveries);
        await AdvanceAsync(TimeSpan.FromMinutes(61));

        Assert.Equal((await DeliveriesAsync())[0].Id, (await ClaimAsync()).Only.Id);
    }

    [Fact]
    public async Task The_next_goes_when_the_one_before_leaves_the_order()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint), Ordered("k", endpoint)]);
        var first = await ClaimAsync();
        await CompleteAsync(first.Retry(first.Only, TimeSpan.FromHours(1)) with { LeavesOrder = true });

        var second = await ClaimAsync();
        await AdvanceAsync(LeaseTime * 0.5);
        var during = await ClaimAsync();

        Assert.True(second.Only.Id > first.Only.Id);
        Assert.True(second.Only.IsOrdered);
        Assert.Empty(during.Deliveries);
    }

    [Fact]
    public async Task What_left_the_order_is_still_retried()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint)]);
        var first = await ClaimAsync();
        await CompleteAsync(first.Retry(first.Only, TimeSpan.FromHours(1)) with { LeavesOrder = true });

        await AdvanceAsync(TimeSpan.FromMinutes(61));
        var both = await ClaimAsync();

        Assert.Equal(2, both.Deliveries.Count);
        var left = Assert.Single(both.Deliveries, delivery => delivery.Id == first.Only.Id);
        Assert.Equal((1, 1, false), (left.Attempts, left.Tries, left.IsOrdered));
    }

    [Fact]
    public async Task The_oldest_comes_again_when_its_lease_ended_or_it_was_given_back()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint)]);
        var first = await ClaimAsync();

        await AdvanceAsync(LeaseTime * 1.5);
        var second = await ClaimAsync();
        await Store.ReleaseAsync(second.Keys, Cancel);
        var third = await ClaimAsync();

        Assert.Equal((first.Only.Id, first.Only.Id), (second.Only.Id, third.Only.Id));
    }

    [Fact]
    public async Task A_cancelled_delivery_makes_way_even_if_it_is_held()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint), Ordered("k", endpoint)]);
        var ids = (await DeliveriesAsync()).Select(delivery => delivery.Id).ToArray();
        await ClaimAsync();

        await Store.CancelAsync([ids[0], ids[1]], Cancel);

        Assert.Equal(ids[2], (await ClaimAsync()).Only.Id);
    }

    [Fact]
    public async Task Cancelling_one_behind_changes_nothing_for_the_others()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint), Ordered("k", endpoint)]);
        var ids = (await DeliveriesAsync()).Select(delivery => delivery.Id).ToArray();
        var first = await ClaimAsync();

        await Store.CancelAsync([ids[1]], Cancel);

        Assert.Empty((await ClaimAsync()).Deliveries);
        await CompleteAsync(first.Succeed(first.Only));
        Assert.Equal(ids[2], (await ClaimAsync()).Only.Id);
    }

    [Fact]
    public async Task Keys_endpoints_and_tenants_do_not_wait_for_each_other()
    {
        var (one, two) = (await EndpointAsync(), await EndpointAsync());
        var message = Some.Message() with { OrderingKey = "k" };
        await PublishAllAsync([
            New(message, one, two),
            Ordered("l", one),
            Ordered("K", one),
            New(Some.Message("acme") with { OrderingKey = "k" }, one),
            New(one),
        ]);

        var claim = await ClaimAsync();

        Assert.Equal(6, claim.Deliveries.Count);
        Assert.Equal(5, claim.Deliveries.Count(delivery => delivery.IsOrdered));
    }

    [Fact]
    public async Task Ordered_deliveries_count_towards_the_limits()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 10).Select(key => Ordered($"k{key}", endpoint)));

        Assert.Equal(2, (await ClaimAsync(endpointLimit: 2)).Deliveries.Count);
        Assert.Equal(3, (await ClaimAsync(maxCount: 3)).Deliveries.Count);
        Assert.Empty((await ClaimAsync(Request() with
        {
            EndpointLimits = new Dictionary<long, int> { [endpoint.Number] = 0 },
        })).Deliveries);
    }

    [Fact]
    public async Task Ordered_and_unordered_deliveries_of_an_endpoint_share_its_limit()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), New(endpoint), Ordered("l", endpoint), New(endpoint), New(endpoint)]);

        Assert.Equal(3, (await ClaimAsync(endpointLimit: 3)).Deliveries.Count);
    }

    [Fact]
    public async Task A_disabled_endpoint_keeps_its_order()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint)]);
        var disabled = await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Disabled }, Cancel);
        Assert.Empty((await ClaimAsync()).Deliveries);

        await Store.UpdateEndpointAsync(disabled! with { State = EndpointState.Enabled }, Cancel);

        Assert.Equal((await DeliveriesAsync())[0].Id, (await ClaimAsync()).Only.Id);
    }

    [Fact]
    public async Task Heads_that_wait_do_not_hide_one_that_is_due()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 400)
            .Select(key => Ordered($"a{key:000}", endpoint) with { Delay = TimeSpan.FromHours(1) }));
        await PublishAsync(Ordered("z", endpoint));

        var claims = await ClaimAllAsync(Request());

        Assert.Equal("z", Assert.Single(claims.SelectMany(claim => claim.Deliveries)).Message.OrderingKey);
    }

    [Fact]
    public async Task Many_keys_all_go_in_their_order()
    {
        var endpoints = await EndpointsAsync(2);
        await PublishAllAsync(Enumerable.Range(0, 600).Select(number => Ordered($"k{number % 200}", endpoints)));
        var seen = new List<LeasedDelivery>();

        for (var round = 0; round < 3; round++)
        {
            foreach (var claim in await ClaimAllAsync(Request(maxCount: 150, endpointLimit: 100)))
            {
                seen.AddRange(claim.Deliveries);
                await CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)]);
            }
        }

        while (await ClaimAsync() is { Deliveries.Count: > 0 } rest)
        {
            seen.AddRange(rest.Deliveries);
            await CompleteAsync([.. rest.Deliveries.Select(rest.Succeed)]);
        }

        Assert.Equal(1200, seen.Count);
        Assert.All(
            seen.GroupBy(delivery => (delivery.EndpointNumber, delivery.Message.OrderingKey)),
            key => Assert.Equal(key.Select(delivery => delivery.Id).Order(), key.Select(delivery => delivery.Id)));
    }

    [Fact]
    public async Task What_was_done_and_is_redelivered_neither_waits_nor_holds_up()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint), Ordered("k", endpoint)]);
        var first = await ClaimAsync();
        await CompleteAsync(first.Fail(first.Only));

        await Store.RedeliverAsync([first.Only.Id], AttemptTrigger.Manual, Cancel);
        var both = await ClaimAsync();

        Assert.Equal(2, both.Deliveries.Count);
        Assert.False(Assert.Single(both.Deliveries, delivery => delivery.Id == first.Only.Id).IsOrdered);
    }

    [Fact]
    public async Task What_is_pending_and_redelivered_keeps_its_place()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Ordered("k", endpoint), Ordered("k", endpoint), Ordered("k", endpoint)]);
        var ids = (await DeliveriesAsync()).Select(delivery => delivery.Id).ToArray();
        var first = await ClaimAsync();
        await CompleteAsync(first.Retry(first.Only, TimeSpan.FromHours(1)));

        var redelivered = await Store.RedeliverAsync([ids[2], ids[0]], AttemptTrigger.Manual, Cancel);

        Assert.Equal(2, redelivered);
        var again = (await ClaimAsync()).Only;
        Assert.Equal((ids[0], true), (again.Id, again.IsOrdered));
    }

    private static NewMessage Ordered(string key, params EndpointRecord[] endpoints)
        => New(Some.Message() with { OrderingKey = key }, endpoints);
}
