namespace Webhooks.Stores;

/// <summary>A delivery is held by one node at a time, and who lost it can't change it.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class LeaseTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    private static readonly TimeSpan BeforeItEnds = LeaseTime * 0.5;
    private static readonly TimeSpan AfterItEnds = LeaseTime * 1.5;

    [Fact]
    public async Task A_lease_keeps_others_away_until_it_ends()
    {
        var first = await ClaimNewAsync();

        await AdvanceAsync(BeforeItEnds);
        var during = await ClaimAsync();
        await AdvanceAsync(BeforeItEnds + Slack);
        var after = await ClaimAsync();

        Assert.Empty(during.Deliveries);
        Assert.Equal(first.Only.Id, after.Only.Id);
    }

    [Fact]
    public async Task A_delivery_whose_node_was_lost_comes_back_unchanged()
    {
        var first = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);

        var second = await ClaimAsync();

        Assert.Equal((0, 0, null), (second.Only.Attempts, second.Only.Tries, second.Only.FirstTryAt));
        Assert.Equal(first.Only.Message.Id, second.Only.Message.Id);
    }

    [Fact]
    public async Task A_lease_that_ended_unclaimed_can_still_be_completed()
    {
        var claim = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);

        await CompleteAsync(claim.Succeed(claim.Only));

        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task An_outcome_under_a_lost_lease_is_refused()
    {
        var first = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);
        var second = await ClaimAsync();

        var written = await TryCompleteAsync(first.Succeed(first.Only));

        Assert.Equal([false], written);
        Assert.Equal(DeliveryState.Pending, (await FindAsync(first.Only)).State);
        Assert.Empty(await Store.FindAttemptsAsync(first.Only.Id, Cancel));
        await CompleteAsync(second.Fail(second.Only));
        Assert.Equal(DeliveryState.Failed, (await FindAsync(first.Only)).State);
    }

    [Fact]
    public async Task A_retry_under_a_lost_lease_is_refused()
    {
        var first = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);
        var second = await ClaimAsync();
        await CompleteAsync(second.Succeed(second.Only));

        var written = await TryCompleteAsync(first.Retry(first.Only, TimeSpan.Zero));

        Assert.Equal([false], written);
        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(first.Only)).State);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task An_outcome_is_written_once()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.FromHours(1)));

        var again = await TryCompleteAsync(claim.Succeed(claim.Only));

        Assert.Equal([false], again);
        Assert.Equal(DeliveryState.Pending, (await FindAsync(claim.Only)).State);
        Assert.Single(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Fact]
    public async Task Outcomes_of_one_call_stand_for_themselves()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync();
        var (one, two, three) = (claim.Deliveries[0], claim.Deliveries[1], claim.Deliveries[2]);

        var written = await TryCompleteAsync(
            claim.Succeed(one), claim.Succeed(two) with { Lease = claim.Lease + 1 }, claim.Succeed(three));

        Assert.Equal([true, false, true], written);
        Assert.Equal(DeliveryState.Pending, (await FindAsync(two)).State);
        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(three)).State);
    }

    [Fact]
    public async Task An_outcome_of_an_unknown_delivery_is_refused()
    {
        var claim = await ClaimNewAsync();

        var written = await TryCompleteAsync(claim.Succeed(claim.Only) with { Id = claim.Only.Id + 1000 });

        Assert.Equal([false], written);
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer()
    {
        var claim = await ClaimNewAsync();
        await AdvanceAsync(BeforeItEnds);

        var held = await Store.RenewAsync(claim.Keys, LeaseTime, Cancel);
        await AdvanceAsync(LeaseTime * 0.6);
        var during = await ClaimAsync();
        await AdvanceAsync(LeaseTime);
        var after = await ClaimAsync();

        Assert.Equal([true], held);
        Assert.Empty(during.Deliveries);
        Assert.Single(after.Deliveries);
    }

    [Fact]
    public async Task A_lost_lease_is_not_renewed()
    {
        var first = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);
        var second = await ClaimAsync();

        var held = await Store.RenewAsync(
            [first.Keys[0], second.Keys[0], new LeaseKey(second.Only.Id + 1000, second.Lease)], LeaseTime * 10, Cancel);
        await AdvanceAsync(LeaseTime * 5);

        Assert.Equal([false, true, false], held);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_completed_delivery_is_not_renewed()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero));

        var held = await Store.RenewAsync(claim.Keys, LeaseTime, Cancel);

        Assert.Equal([false], held);
        Assert.Single((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task What_is_given_back_can_be_claimed_at_once_and_untouched()
    {
        var first = await ClaimNewAsync();

        await Store.ReleaseAsync(first.Keys, Cancel);
        var second = await ClaimAsync();

        Assert.Equal(first.Only.Id, second.Only.Id);
        Assert.Equal((0, 0, null), (second.Only.Attempts, second.Only.Tries, second.Only.FirstTryAt));
        Assert.Equal([false], await TryCompleteAsync(first.Succeed(first.Only)));
    }

    [Fact]
    public async Task A_lost_lease_cannot_be_given_back()
    {
        var first = await ClaimNewAsync();
        await AdvanceAsync(AfterItEnds);
        var second = await ClaimAsync();

        await Store.ReleaseAsync(first.Keys, Cancel);

        Assert.Empty((await ClaimAsync()).Deliveries);
        await CompleteAsync(second.Succeed(second.Only));
    }

    [Fact]
    public async Task Leases_of_one_claim_are_ended_one_by_one()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync();

        await Store.ReleaseAsync([claim.Keys[1]], Cancel);

        Assert.Equal(claim.Deliveries[1].Id, (await ClaimAsync()).Only.Id);
        await CompleteAsync(claim.Succeed(claim.Deliveries[0]));
    }
}
