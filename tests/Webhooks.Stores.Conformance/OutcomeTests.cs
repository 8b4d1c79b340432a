namespace Webhooks.Stores;

/// <summary>What was done with a delivery is kept, its attempts included.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class OutcomeTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task A_succeeded_delivery_is_done()
    {
        var claim = await ClaimNewAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(40));

        await CompleteAsync(claim.Succeed(claim.Only));

        var done = await FindAsync(claim.Only);
        Assert.Equal((DeliveryState.Succeeded, DeliveryFailure.None), (done.State, done.Failure));
        Assert.Null(done.DueAt);
        Assert.Equal(1, done.Attempts);
        Assert.NotNull(done.CompletedAt);
        Assert.InRange(
            done.CompletedAt.Value - done.CreatedAt, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(40) + Slack);
        await AdvanceAsync(LeaseTime * 2);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Theory]
    [InlineData(DeliveryFailure.RetriesExhausted)]
    [InlineData(DeliveryFailure.EndedByReceiver)]
    [InlineData(DeliveryFailure.Unsendable)]
    [InlineData(DeliveryFailure.Expired)]
    [InlineData(DeliveryFailure.EndpointUnusable)]
    [InlineData(DeliveryFailure.RetryPolicyThrew)]
    public async Task A_failed_delivery_says_why(DeliveryFailure failure)
    {
        var claim = await ClaimNewAsync();

        await CompleteAsync(claim.Fail(claim.Only) with { Failure = failure });

        var done = await FindAsync(claim.Only);
        Assert.Equal((DeliveryState.Failed, failure), (done.State, done.Failure));
        Assert.NotNull(done.CompletedAt);
        Assert.Empty((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_holder_can_cancel()
    {
        var claim = await ClaimNewAsync();

        await CompleteAsync(claim.Complete(claim.Only, DeliveryState.Cancelled));

        Assert.Equal(DeliveryState.Cancelled, (await FindAsync(claim.Only)).State);
    }

    [Fact]
    public async Task A_retry_is_due_after_its_delay()
    {
        var claim = await ClaimNewAsync();

        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.FromHours(1)));

        var pending = await FindAsync(claim.Only);
        Assert.Equal((DeliveryState.Pending, 1), (pending.State, pending.Attempts));
        Assert.Null(pending.CompletedAt);
        Assert.InRange(
            pending.DueAt!.Value - pending.CreatedAt, TimeSpan.FromHours(1) - Slack, TimeSpan.FromHours(1) + Slack);
        Assert.Empty((await ClaimAsync()).Deliveries);
        await AdvanceAsync(TimeSpan.FromMinutes(61));
        Assert.Single((await ClaimAsync()).Deliveries);
    }

    [Fact]
    public async Task A_retry_knows_its_earlier_tries()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero));
        var second = await ClaimAsync();
        Assert.Equal((1, 1), (second.Only.Attempts, second.Only.Tries));
        await CompleteAsync(second.Retry(second.Only, TimeSpan.Zero));

        var third = (await ClaimAsync()).Only;

        Assert.Equal((2, 2), (third.Attempts, third.Tries));
        Assert.Equal(Some.Attempt(1).StartedAt, third.FirstTryAt);
        Assert.Equal(AttemptTrigger.Schedule, third.Trigger);
    }

    [Fact]
    public async Task Putting_off_without_an_attempt_is_no_try()
    {
        var claim = await ClaimNewAsync();
        var putOff = claim.Complete(claim.Only, DeliveryState.Pending) with { RetryDelay = TimeSpan.FromMinutes(10) };

        await CompleteAsync(putOff);

        Assert.Empty((await ClaimAsync()).Deliveries);
        await AdvanceAsync(TimeSpan.FromMinutes(11));
        var again = (await ClaimAsync()).Only;
        Assert.Equal((0, 0, null), (again.Attempts, again.Tries, again.FirstTryAt));
        Assert.Empty(await Store.FindAttemptsAsync(again.Id, Cancel));
    }

    [Fact]
    public async Task Giving_up_without_an_attempt_keeps_the_attempts_before()
    {
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero));
        var second = await ClaimAsync();

        await CompleteAsync(second.Fail(second.Only) with { Attempt = null, Failure = DeliveryFailure.Expired });

        var done = await FindAsync(claim.Only);
        Assert.Equal(1, done.Attempts);
        Assert.Equal(1, done.LastAttempt?.Number);
        Assert.Single(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Fact]
    public async Task Giving_up_without_any_attempt_leaves_none()
    {
        var claim = await ClaimNewAsync();

        await CompleteAsync(claim.Fail(claim.Only) with { Attempt = null, Failure = DeliveryFailure.EndpointUnusable });

        var done = await FindAsync(claim.Only);
        Assert.Equal((0, null), (done.Attempts, done.LastAttempt));
        Assert.Empty(await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Fact]
    public async Task An_attempt_comes_back_as_it_was()
    {
        var attempt = Some.Attempt(1) with
        {
            Trigger = AttemptTrigger.Replay,
            Error = WebhookErrorKind.TlsFailure,
            StatusCode = null,
            ErrorMessage = "It's \"untrusted\" – 名",
            ResponseSnippet = "'); DROP TABLE attempts; --",
        };
        var claim = await ClaimNewAsync();

        await CompleteAsync(claim.Fail(claim.Only) with { Attempt = attempt });

        Assert.Equal([attempt], await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
        Assert.Equal(attempt, (await FindAsync(claim.Only)).LastAttempt);
    }

    [Fact]
    public async Task An_attempt_of_which_little_is_known_comes_back_too()
    {
        var attempt = new AttemptRecord { Number = 1, StartedAt = Some.Attempt(1).StartedAt, StatusCode = 204 };
        var claim = await ClaimNewAsync();
        await CompleteAsync(claim.Retry(claim.Only, TimeSpan.Zero) with { Attempt = attempt });
        var second = await ClaimAsync();

        await CompleteAsync(second.Succeed(second.Only) with { Attempt = attempt with { Number = 2 } });

        Assert.Equal([attempt, attempt with { Number = 2 }], await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
    }

    [Fact]
    public async Task Every_attempt_is_kept_in_order()
    {
        var claim = await ClaimNewAsync();
        var expected = new List<AttemptRecord>();
        for (var number = 1; number < 5; number++)
        {
            var retry = claim.Retry(claim.Only, TimeSpan.Zero);
            expected.Add(retry.Attempt!);
            await CompleteAsync(retry);
            Assert.Equal(expected[^1], (await FindAsync(claim.Only)).LastAttempt);
            claim = await ClaimAsync();
        }

        var last = claim.Succeed(claim.Only);
        await CompleteAsync(last);

        Assert.Equal([.. expected, last.Attempt!], await Store.FindAttemptsAsync(claim.Only.Id, Cancel));
        var done = await FindAsync(claim.Only);
        Assert.Equal((5, last.Attempt), (done.Attempts, done.LastAttempt));
    }

    [Fact]
    public async Task Many_outcomes_are_written_in_one_call()
    {
        var endpoints = await EndpointsAsync(3);
        await PublishAllAsync(Enumerable.Range(0, 100).Select(_ => New(endpoints)));
        var claim = await ClaimAsync();
        var outcomes = claim.Deliveries.Select((delivery, index) => (index % 3) switch
        {
            0 => claim.Succeed(delivery),
            1 => claim.Fail(delivery),
            _ => claim.Retry(delivery, TimeSpan.FromHours(1)),
        });

        await CompleteAsync([.. outcomes]);

        Assert.Equal(
            [(DeliveryState.Pending, 100), (DeliveryState.Succeeded, 100), (DeliveryState.Failed, 100)],
            (await DeliveriesAsync()).CountBy(found => found.State).Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task Completing_nothing_does_nothing()
    {
        Assert.Empty(await TryCompleteAsync());
        Assert.Empty(await Store.RenewAsync([], LeaseTime, Cancel));
        await Store.ReleaseAsync([], Cancel);
    }

    [Fact]
    public async Task A_delivery_that_nobody_knows_has_no_attempts()
        => Assert.Empty(await Store.FindAttemptsAsync(123456, Cancel));
}
