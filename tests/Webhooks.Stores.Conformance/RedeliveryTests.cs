namespace Webhooks.Stores;

/// <summary>People can cancel deliveries, and have them made again.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class RedeliveryTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task A_cancelled_delivery_is_not_made()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint)]);
        var all = await DeliveriesAsync();

        var cancelled = await Store.CancelAsync([all[0].Id], Cancel);

        Assert.Equal(1, cancelled);
        Assert.Equal(all[1].Id, (await ClaimAsync()).Only.Id);
        var found = (await DeliveriesAsync())[0];
        Assert.Equal((DeliveryState.Cancelled, DeliveryFailure.None), (found.State, found.Failure));
        Assert.NotNull(found.CompletedAt);
        Assert.Null(found.DueAt);
    }

    [Fact]
    public async Task A_held_delivery_is_cancelled_under_its_holder()
    {
        var claim = await ClaimNewAsync();

        var cancelled = await Store.CancelAsync([claim.Only.Id], Cancel);

        Assert.Equal(1, cancelled);
        Assert.Equal([false], await TryCompleteAsync(claim.Succeed(claim.Only)));
        Assert.Equal([false], await Store.RenewAsync(claim.Keys, LeaseTime, Cancel));
        await Store.ReleaseAsync(claim.Keys, Cancel);
        Assert.Equal(DeliveryState.Cancelled, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task Only_what_is_pending_counts_as_cancelled()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint), New(endpoint)]);
        var ids = (await DeliveriesAsync()).Select(found => found.Id).ToArray();
        var claim = await ClaimAsync(maxCount: 1);
        await CompleteAsync(claim.Succeed(claim.Only));

        var first = await Store.CancelAsync([.. ids, ids[2] + 1000], Cancel);
        var second = await Store.CancelAsync(ids, Cancel);

        Assert.Equal((2, 0), (first, second));
        Assert.Equal(DeliveryState.Succeeded, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task A_cancelled_delivery_keeps_its_attempts()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.FromHours(1)));

        await Store.CancelAsync([claim.Only.Id], Cancel);

        var found = await FindAsync(claim.Only);
        Assert.Equal((1, Some.Attempt(1).Number), (found.Attempts, found.LastAttempt?.Number));
        Assert.Single(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Theory]
    [InlineData(DeliveryState.Succeeded)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Cancelled)]
    public async Task What_is_done_can_be_redelivered(DeliveryState state)
    {
        var first = await ClaimNewAsync();
        await CompleteAsync(first.Fail(first.Only) with { State = state });
        await AdvanceAsync(TimeSpan.FromDays(2));

        var due = await Store.RedeliverAsync([first.Only.Id], AttemptTrigger.Manual, Cancel);

        Assert.Equal(1, due);
        var pending = await FindAsync(first.Only);
        Assert.Equal((DeliveryState.Pending, DeliveryFailure.None), (pending.State, pending.Failure));
        Assert.Null(pending.CompletedAt);
        Assert.Equal((1, 1), (pending.Attempts, pending.LastAttempt?.Number));
        var again = (await ClaimAsync()).Only;
        Assert.Equal((first.Only.Id, first.Only.Message.Id), (again.Id, again.Message.Id));
        Assert.Equal((1, 0, null), (again.Attempts, again.Tries, again.FirstTryAt));
        Assert.Equal(AttemptTrigger.Manual, again.Trigger);
    }

    [Fact]
    public async Task Attempts_count_on_after_a_redelivery()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero));
        claim = await ClaimAsync();
        await CompleteAsync(claim.Fail(claim.Only));
        await Store.RedeliverAsync([claim.Only.Id], AttemptTrigger.Manual, Cancel);
        claim = await ClaimAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero));
        claim = await ClaimAsync();
        Assert.Equal((3, 1, AttemptTrigger.Schedule), (claim.Only.Attempts, claim.Only.Tries, claim.Only.Trigger));
        Assert.Equal(Some.Attempt(3).StartedAt, claim.Only.FirstTryAt);

        await CompleteAsync(claim.Succeed(claim.Only));

        var attempts = await Store.FindAttemptsAsync(claim.Only.Id, Cancel);
        Assert.Equal([1, 2, 3, 4], attempts.Select(attempt => attempt.Number));
        Assert.Equal([false, false, false, true], attempts.Select(attempt => attempt.Succeeded));
        Assert.Equal((4, 4), ((await FindAsync(claim.Only)).Attempts, (await FindAsync(claim.Only)).LastAttempt?.Number));
    }

    [Fact]
    public async Task What_waits_is_due_at_once_with_a_new_round()
    {
        var first = await ClaimNewAsync();
        await CompleteAsync(first.Retry(first.Only, TimeSpan.FromHours(9)));

        var due = await Store.RedeliverAsync([first.Only.Id], AttemptTrigger.Manual, Cancel);

        Assert.Equal(1, due);
        var again = (await ClaimAsync()).Only;
        Assert.Equal((1, 0, null), (again.Attempts, again.Tries, again.FirstTryAt));
        Assert.Equal(AttemptTrigger.Manual, again.Trigger);
    }

    [Fact]
    public async Task A_redelivery_put_off_is_still_who_asked_for_its()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Succeed(claim.Only));
        await Store.RedeliverAsync([claim.Only.Id], AttemptTrigger.Manual, Cancel);
        claim = await ClaimAsync();

        await CompleteAsync(claim.Complete(claim.Only, DeliveryState.Pending));

        Assert.Equal(AttemptTrigger.Manual, (await ClaimAsync()).Only.Trigger);
    }

    [Fact]
    public async Task What_is_held_is_left_to_its_holder()
    {
        var claim = await ClaimNewAsync();

        var due = await Store.RedeliverAsync([claim.Only.Id, claim.Only.Id + 1000], AttemptTrigger.Manual, Cancel);

        Assert.Equal(0, due);
        Assert.Empty((await ClaimAsync()).Deliveries);
        await CompleteAsync(claim.Succeed(claim.Only));
    }

    [Fact]
    public async Task What_was_held_by_a_lost_node_can_be_redelivered()
    {
        var claim = await ClaimNewAsync();
        await AdvanceAsync(LeaseTime * 2);

        var due = await Store.RedeliverAsync([claim.Only.Id], AttemptTrigger.Manual, Cancel);

        Assert.Equal(1, due);
        Assert.Equal(AttemptTrigger.Manual, (await ClaimAsync()).Only.Trigger);
    }

    [Fact]
    public async Task What_went_to_a_deleted_endpoint_stays_as_it_is()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint);
        var claim = await ClaimAsync();
        await CompleteAsync(claim.Fail(claim.Only));
        await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Deleted }, Cancel);

        var redelivered = await Store.RedeliverAsync([claim.Only.Id], AttemptTrigger.Manual, Cancel);
        var replayed = await Store.ReplayAsync([claim.Only.Message.Number], endpoint.Number, Cancel);

        Assert.Equal((0, 0), (redelivered, replayed));
        Assert.Equal(DeliveryState.Failed, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task A_redelivery_to_a_disabled_endpoint_waits_for_it()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint);
        var claim = await ClaimAsync();
        await CompleteAsync(claim.Fail(claim.Only));
        var disabled = await Store.UpdateEndpointAsync(endpoint with { State = EndpointState.Disabled }, Cancel);

        var due = await Store.RedeliverAsync([claim.Only.Id], AttemptTrigger.Manual, Cancel);

        Assert.Equal(1, due);
        Assert.Empty((await ClaimAsync()).Deliveries);
        await Store.UpdateEndpointAsync(disabled! with { State = EndpointState.Enabled }, Cancel);
        Assert.Single((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_replay_reaches_an_endpoint_that_never_got_the_messages()
    {
        var (old, @new) = (await EndpointAsync(), await EndpointAsync());
        await PublishAllAsync([New(old), New(Some.Message() with { OrderingKey = "k" }, old), New()]);
        var messages = await Store.FindMessagesAsync(new MessageFilter { OldestFirst = true }, Cancel);

        var due = await Store.ReplayAsync([.. messages.Select(message => message.Number)], @new.Number, Cancel);

        Assert.Equal(3, due);
        var replayed = (await ClaimAsync()).Deliveries.Where(delivery => delivery.EndpointNumber == @new.Number).ToArray();
        Assert.Equal(messages.Select(message => message.Number), replayed.Select(delivery => delivery.Message.Number).Order());
        Assert.All(replayed, delivery => Assert.Equal((0, AttemptTrigger.Replay), (delivery.Attempts, delivery.Trigger)));
        Assert.All(replayed, delivery => Assert.False(delivery.IsOrdered));
    }

    [Fact]
    public async Task A_replay_redelivers_what_the_endpoint_got_and_leaves_what_is_held()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync([New(endpoint), New(endpoint), New(endpoint)]);
        var claim = await ClaimAsync(maxCount: 2);
        await CompleteAsync(claim.Succeed(claim.Deliveries[0]));
        var messages = await Store.FindMessagesAsync(new MessageFilter { OldestFirst = true }, Cancel);

        var due = await Store.ReplayAsync([.. messages.Select(message => message.Number), 123456], endpoint.Number, Cancel);

        Assert.Equal(2, due);
        Assert.Equal(3, (await DeliveriesAsync()).Count);
        var again = await ClaimAsync();
        Assert.Equal(2, again.Deliveries.Count);
        Assert.Equal(1, Assert.Single(again.Deliveries, delivery => delivery.Id == claim.Deliveries[0].Id).Attempts);
        Assert.All(again.Deliveries, delivery => Assert.Equal(AttemptTrigger.Replay, delivery.Trigger));
    }
}
