namespace Webhooks.Stores;

/// <summary>What is due is leased, as much as was asked for.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class ClaimingTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task Nothing_is_claimed_from_an_empty_store()
    {
        var claim = await ClaimAsync();

        Assert.Empty(claim.Deliveries);
        Assert.False(claim.Result.HasMore);
        Assert.Null(claim.Result.NextDue);
    }

    [Fact]
    public async Task A_claim_says_what_to_send_where()
    {
        var endpoint = await EndpointAsync();
        var stored = await PublishAsync(endpoint);

        var delivery = (await ClaimAsync()).Only;

        Assert.Equal(Assert.Single(await DeliveriesAsync()).Id, delivery.Id);
        Assert.Equal(endpoint.Number, delivery.EndpointNumber);
        Assert.Equal(stored.MessageId, delivery.Message.Id);
        Assert.Equal((0, 0, null), (delivery.Attempts, delivery.Tries, delivery.FirstTryAt));
        Assert.Equal(AttemptTrigger.Schedule, delivery.Trigger);
        Assert.False(delivery.IsOrdered);
    }

    [Fact]
    public async Task A_claim_says_the_endpoints_revision()
    {
        await EndpointAsync();

        Assert.Equal(await RevisionAsync(), (await ClaimAsync()).Result.EndpointRevision);

        await EndpointAsync();

        Assert.Equal(await RevisionAsync(), (await ClaimAsync()).Result.EndpointRevision);
    }

    [Fact]
    public async Task What_is_leased_is_not_claimed_again()
    {
        await PublishAllAsync(await ManyAsync(10));
        var first = await ClaimAsync(maxCount: 6);

        var second = await ClaimAsync();
        var third = await ClaimAsync();

        Assert.Equal(6, first.Deliveries.Count);
        Assert.Equal(4, second.Deliveries.Count);
        Assert.Empty(first.Ids.Intersect(second.Ids));
        Assert.Empty(third.Deliveries);
        Assert.False(third.Result.HasMore);
    }

    [Fact]
    public async Task What_is_leased_is_still_pending()
    {
        var claim = await ClaimNewAsync();

        Assert.Equal(DeliveryState.Pending, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task A_delayed_message_is_not_due_before_its_time()
    {
        await PublishAsync(New(await EndpointAsync()) with { Delay = TimeSpan.FromHours(1) });

        Assert.Empty((await ClaimAsync()).Deliveries);
        await AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.Empty((await ClaimAsync()).Deliveries);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Single((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_claim_says_when_the_next_delivery_is_due()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(New(endpoint) with { Delay = TimeSpan.FromHours(2) });
        await PublishAsync(New(await EndpointAsync()) with { Delay = TimeSpan.FromHours(1) });
        await PublishAsync(New(await EndpointAsync()) with { Delay = TimeSpan.FromHours(3) });
        await PublishAsync(endpoint);

        var next = (await ClaimAsync()).Result.NextDue;

        Assert.NotNull(next);
        Assert.InRange(next.Value, TimeSpan.FromHours(1) - Slack, TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task At_most_the_count_is_claimed()
    {
        await PublishAllAsync(await ManyAsync(10));

        var claim = await ClaimAsync(maxCount: 3);

        Assert.Equal(3, claim.Deliveries.Count);
        Assert.True(claim.Result.HasMore);
    }

    [Fact]
    public async Task At_most_the_bytes_are_claimed()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 5).Select(_ => Sized(1000, endpoint)));

        var claim = await ClaimAsync(Request() with { MaxBytes = 2500 });

        Assert.Equal(2, claim.Deliveries.Count);
        Assert.True(claim.Result.HasMore);
    }

    [Fact]
    public async Task One_delivery_is_claimed_even_if_it_has_more_bytes()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([Sized(5000, endpoint), Sized(5000, endpoint)]);

        var claim = await ClaimAsync(Request() with { MaxBytes = 100 });

        Assert.Single(claim.Deliveries);
        Assert.True(claim.Result.HasMore);
    }

    [Fact]
    public async Task A_payload_counts_once_however_many_deliveries_share_it()
    {
        await PublishAsync(Sized(1000, await EndpointsAsync(5)));

        var claim = await ClaimAsync(Request() with { MaxBytes = 1500 });

        Assert.Equal(5, claim.Deliveries.Count);
    }

    [Fact]
    public async Task An_endpoint_gives_at_most_its_limit()
    {
        var endpoints = await EndpointsAsync(3);
        await PublishAllAsync(Enumerable.Range(0, 10).Select(_ => New(endpoints)));
        var limits = new Dictionary<long, int> { [endpoints[0].Number] = 5, [endpoints[1].Number] = 0 };

        var claim = await ClaimAsync(Request(endpointLimit: 2) with { EndpointLimits = limits });

        var counts = claim.Deliveries.CountBy(delivery => delivery.EndpointNumber).ToDictionary();
        Assert.Equal(5, counts[endpoints[0].Number]);
        Assert.False(counts.ContainsKey(endpoints[1].Number));
        Assert.Equal(2, counts[endpoints[2].Number]);
    }

    [Fact]
    public async Task What_an_endpoints_limit_holds_back_is_neither_more_nor_next()
    {
        var endpoints = await EndpointsAsync(2);
        await PublishAllAsync(Enumerable.Range(0, 3).Select(_ => New(endpoints)));
        var limits = new Dictionary<long, int> { [endpoints[0].Number] = 0 };

        var claim = await ClaimAsync(Request(endpointLimit: 1) with { EndpointLimits = limits });

        Assert.Single(claim.Deliveries);
        Assert.False(claim.Result.HasMore);
        Assert.True(claim.Result.NextDue is null || claim.Result.NextDue > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_limit_counts_for_the_claim_and_not_for_what_is_leased_already()
    {
        await PublishAllAsync(await ManyAsync(5));
        await ClaimAsync(endpointLimit: 2);

        var second = await ClaimAsync(endpointLimit: 2);

        Assert.Equal(2, second.Deliveries.Count);
    }

    [Theory]
    [InlineData(EndpointState.Disabled)]
    [InlineData(EndpointState.Deleted)]
    public async Task An_endpoint_that_is_not_enabled_gives_nothing(EndpointState state)
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint);
        await Store.UpdateEndpointAsync(endpoint with { State = state }, Cancel);

        var claim = await ClaimAsync();

        Assert.Empty(claim.Deliveries);
        Assert.False(claim.Result.HasMore);
        Assert.Null(claim.Result.NextDue);
    }

    [Fact]
    public async Task What_waited_for_a_disabled_endpoint_is_claimed_when_it_is_enabled()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint);
        var disabled = await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Disabled }, Cancel);
        await ClaimAsync();

        await Store.UpdateEndpointAsync(disabled! with { State = EndpointState.Enabled }, Cancel);

        Assert.Single((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_disabled_endpoint_does_not_hold_up_the_others()
    {
        var disabled = await EndpointAsync();
        var enabled = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 200).Select(_ => New(disabled)));
        await PublishAsync(enabled);
        await Store.UpdateEndpointAsync(disabled with { State = EndpointState.Disabled }, Cancel);

        var claim = await ClaimAsync(maxCount: 5);

        Assert.Equal(enabled.Number, claim.Only.EndpointNumber);
    }

    private async Task<IEnumerable<NewMessage>> ManyAsync(int count)
    {
        var endpoint = await EndpointAsync();
        return Enumerable.Range(0, count).Select(_ => New(endpoint));
    }

    private static NewMessage Sized(int bytes, params EndpointRecord[] endpoints)
        => New(Some.Message() with { Payload = new byte[bytes] }, endpoints);
}
