namespace Webhooks.Stores;

/// <summary>What is published with a lease is held by it, just as if it had been claimed.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class DirectLeaseTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan AfterItEnds = LeaseTime + Slack;

    [Fact]
    public async Task The_first_deliveries_are_held_and_the_others_can_be_claimed()
    {
        var endpoints = await EndpointsAsync(3);
        var message = Some.Message() with { Headers = new byte[] { 1, 2, 3 } };

        var direct = await PublishLeasedAsync(New(message, endpoints) with { DirectCount = 2 });
        var claim = await ClaimAsync();

        Assert.Equal([endpoints[0].Number, endpoints[1].Number], direct.Deliveries.Select(held => held.EndpointNumber));
        Assert.Equal(endpoints[2].Number, claim.Only.EndpointNumber);
        Assert.Equal(3, (await DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task What_is_held_is_what_a_claim_would_bring()
    {
        var message = Some.Message("acme") with { Headers = new byte[] { 1, 2, 3 } };

        var direct = await PublishLeasedAsync(All(New(message, await EndpointAsync("acme"))));
        await Store.ReleaseAsync(direct.Keys, Cancel);
        var claimed = (await ClaimAsync()).Only;

        var held = direct.Only;
        Assert.Equal(claimed with { Message = held.Message }, held);
        Assert.Equal(claimed.Message.Payload.ToArray(), held.Message.Payload.ToArray());
        Assert.Equal(claimed.Message.Headers.ToArray(), held.Message.Headers.ToArray());
        Assert.Equal(
            claimed.Message with { Payload = held.Message.Payload, Headers = held.Message.Headers }, held.Message);
    }

    [Fact]
    public async Task Each_message_of_a_batch_says_what_is_held_of_it()
    {
        var endpoints = await EndpointsAsync(2);

        var direct = await PublishLeasedAsync(
            All(New(endpoints)), New(endpoints), New(endpoints) with { DirectCount = 1 }, New(), All(New(endpoints)));
        var claim = await ClaimAsync();

        Assert.Equal(5, direct.Deliveries.Count);
        Assert.Equal(3, claim.Deliveries.Count);
        Assert.Equal(8, direct.Ids.Concat(claim.Ids).Distinct().Count());
        var stored = (await DeliveriesAsync()).ToDictionary(found => found.Id);
        Assert.All(direct.Deliveries, held => Assert.Equal(
            (held.Message.Number, held.Message.Id, held.EndpointNumber),
            (stored[held.Id].MessageNumber, stored[held.Id].MessageId, stored[held.Id].EndpointNumber)));
    }

    [Fact]
    public async Task Outcomes_are_written_under_the_lease()
    {
        var endpoints = await EndpointsAsync(3);
        var direct = await PublishLeasedAsync(All(New(endpoints)));
        var (one, two, three) = (direct.Deliveries[0], direct.Deliveries[1], direct.Deliveries[2]);

        await CompleteAsync(direct.Succeed(one), direct.Fail(two), direct.Retry(three, TimeSpan.Zero));

        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(one)).State);
        Assert.Equal(DeliveryState.Failed, (await FindAsync(two)).State);
        Assert.Equal((three.Id, 1), ((await ClaimAsync()).Only.Id, (await FindAsync(three)).Attempts));
    }

    [Fact]
    public async Task A_lease_that_ends_lets_others_have_it_and_its_holder_change_nothing()
    {
        var direct = await PublishLeasedAsync(All(New(await EndpointAsync())));
        await AdvanceAsync(AfterItEnds);

        var claim = await ClaimAsync();

        Assert.Equal(direct.Only.Id, claim.Only.Id);
        Assert.Equal([false], await TryCompleteAsync(direct.Succeed(direct.Only)));
        Assert.Equal([false], await Store.RenewAsync(direct.Keys, LeaseTime, Cancel));
        await CompleteAsync(claim.Succeed(claim.Only));
    }

    [Fact]
    public async Task A_lease_that_is_renewed_lasts_longer()
    {
        var direct = await PublishLeasedAsync(All(New(await EndpointAsync())));
        await AdvanceAsync(LeaseTime / 2);

        var held = await Store.RenewAsync(direct.Keys, LeaseTime, Cancel);
        await AdvanceAsync(LeaseTime * 0.6);

        Assert.Equal([true], held);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task What_is_held_shows_in_no_claim_and_makes_none_worthwhile()
    {
        await PublishLeasedAsync(All(New(await EndpointsAsync(5))));

        var claim = await ClaimAsync();

        Assert.Empty(claim.Deliveries);
        Assert.False(claim.Result.HasMore);
    }

    [Fact]
    public async Task A_message_with_a_key_is_held_too()
    {
        var message = Some.Message() with { IdempotencyKey = "k" };
        var endpoint = await EndpointAsync();

        var direct = await PublishLeasedAsync(All(Keyed(message, endpoint)), All(New(endpoint)));

        Assert.Equal(2, direct.Deliveries.Count);
        Assert.Equal("k", direct.Deliveries.Single(held => held.Message.Id == message.Id).Message.IdempotencyKey);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task Nothing_is_held_of_a_duplicate()
    {
        var endpoint = await EndpointAsync();
        var (known, keyed) = (Some.Message(), Some.Message() with { IdempotencyKey = "k" });
        await PublishAllAsync([New(known, endpoint), Keyed(keyed, endpoint)]);

        var direct = await PublishLeasedAsync(
            All(New(known, endpoint)), All(Keyed(Some.Message() with { IdempotencyKey = "k" }, endpoint)), All(New(endpoint)));

        Assert.Single(direct.Deliveries);
        Assert.Equal(2, (await ClaimAsync()).Deliveries.Count);
    }

    [Fact]
    public async Task Two_of_one_id_are_stored_once_and_delivered_once()
    {
        var endpoint = await EndpointAsync();
        var message = Some.Message();

        var direct = await PublishLeasedAsync(All(New(message, endpoint)), All(New(message, endpoint)));
        await AdvanceAsync(AfterItEnds);
        var claim = await ClaimAsync();

        Assert.InRange(direct.Deliveries.Count, 0, 1);
        Assert.Single(claim.Deliveries);
    }

    [Fact]
    public async Task Outdated_endpoints_leave_nothing_stored_or_held()
    {
        var endpoint = await EndpointAsync();
        var batch = Batch(await RevisionAsync(), All(New(endpoint)));
        await EndpointAsync();

        var outcome = await Store.PublishAsync(batch, Cancel);

        Assert.True(outcome.IsStale);
        Assert.Empty(outcome.Leased);
        Assert.Empty(await DeliveriesAsync());
    }

    [Fact]
    public async Task Without_a_lease_all_can_be_claimed()
    {
        await PublishAsync(All(New(await EndpointsAsync(3))));

        Assert.Equal(3, (await ClaimAsync()).Deliveries.Count);
    }

    [Fact]
    public async Task An_endpoint_that_is_deleted_has_what_is_held_cancelled()
    {
        var endpoint = await EndpointAsync();
        var direct = await PublishLeasedAsync(All(New(endpoint)));

        await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Deleted }, Cancel);

        Assert.Equal([false], await TryCompleteAsync(direct.Succeed(direct.Only)));
        Assert.Equal(DeliveryState.Cancelled, (await FindAsync(direct.Only)).State);
    }

    [Fact]
    public async Task Nobody_else_ever_claims_what_is_held()
    {
        var endpoints = await EndpointsAsync(10);
        var revision = await RevisionAsync();
        var publishing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var held = new List<long>();
            for (var i = 0; i < 25; i++)
            {
                var outcome = await Store.PublishAsync(
                    Batch(revision, New(endpoints) with { DirectCount = i % 11 }), Cancel);
                held.AddRange(outcome.Leased.Select(delivery => delivery.Id));
            }

            return held;
        })));
        var claimed = new List<long>();

        while (!publishing.IsCompleted)
            claimed.AddRange((await ClaimAsync()).Ids);
        foreach (var claim in await ClaimAllAsync(Request()))
            claimed.AddRange(claim.Ids);

        var ids = (await publishing).SelectMany(held => held).Concat(claimed).ToArray();
        Assert.Equal(1000, ids.Length);
        Assert.Equal(1000, ids.Distinct().Count());
    }

    private async Task<Claim> PublishLeasedAsync(params NewMessage[] messages)
    {
        var batch = Batch(await RevisionAsync(), messages);
        var outcome = await Store.PublishAsync(batch, Cancel);
        Assert.False(outcome.IsStale);
        Assert.Equal(messages.Length, outcome.Messages.Count);
        var result = new ClaimResult { Deliveries = outcome.Leased, EndpointRevision = batch.EndpointRevision };
        return new Claim(batch.Lease!.Lease, result);
    }

    private static PublishBatch Batch(long revision, params NewMessage[] messages)
        => new(messages, revision) { Lease = new DirectLease(Some.Lease(), LeaseTime) };

    private static NewMessage All(NewMessage message) => message with { DirectCount = message.Endpoints.Count };

    private static NewMessage Keyed(MessageRecord message, EndpointRecord endpoint)
        => New(message, endpoint) with { IdempotencyWindow = TimeSpan.FromHours(1) };
}
