namespace Webhooks.Stores;

/// <summary>A store says how much work it holds, and who it is.</summary>
/// <typeparam name="THarness">How the store under test is made.</typeparam>
public abstract class StatisticsTests<THarness> : StoreTests<THarness>
    where THarness : StoreHarness, new()
{
    [Fact]
    public async Task An_empty_store_holds_no_work()
    {
        var statistics = await Store.MeasureAsync(Cancel);

        Assert.Equal(TimeSpan.Zero, statistics.OldestDue);
        Assert.True(Harness.CountsPending ? statistics.Pending == 0 : statistics.Pending >= 0);
    }

    [Fact]
    public async Task What_is_pending_is_counted()
    {
        var endpoint = await EndpointAsync();
        await PublishAllAsync(Enumerable.Range(0, 10).Select(_ => New(endpoint)));
        await PublishAsync(New(Some.Message() with { OrderingKey = "k" }, endpoint));
        var claim = await ClaimAsync(maxCount: 4);
        await CompleteAsync(claim.Succeed(claim.Deliveries[0]), claim.Fail(claim.Deliveries[1]));

        var pending = (await Store.MeasureAsync(Cancel)).Pending;

        Assert.True(Harness.CountsPending ? pending == 9 : pending >= 0);
    }

    [Fact]
    public async Task What_waits_longest_says_how_long()
    {
        var endpoint = await EndpointAsync();
        await PublishAsync(endpoint);
        await AdvanceAsync(TimeSpan.FromMinutes(7));
        await PublishAsync(endpoint);
        await AdvanceAsync(TimeSpan.FromMinutes(3));

        var oldest = (await Store.MeasureAsync(Cancel)).OldestDue;

        Assert.InRange(oldest, TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10) + Slack);
    }

    [Fact]
    public async Task What_is_not_due_does_not_wait()
    {
        await PublishAsync(New(await EndpointAsync()) with { Delay = TimeSpan.FromHours(1) });
        await AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(TimeSpan.Zero, (await Store.MeasureAsync(Cancel)).OldestDue);
        await AdvanceAsync(TimeSpan.FromMinutes(50));
        Assert.InRange(
            (await Store.MeasureAsync(Cancel)).OldestDue,
            TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1),
            TimeSpan.FromMinutes(20) + Slack);
    }

    [Fact]
    public void A_store_has_a_name_and_takes_publishers()
    {
        Assert.Matches("^[a-z][a-z0-9]*$", Store.Name);
        Assert.InRange(Store.PublishConcurrency, 1, 64);
    }

    [Fact]
    public async Task Telling_others_throws_nothing_when_there_are_none()
        => await Store.NotifyAsync(Cancel);

    [Fact]
    public async Task Listening_ends_when_it_is_cancelled()
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var listener = Store.ListenAsync(() => { }, listening.Token);

        await listening.CancelAsync();

        await ListeningEndsAsync(listener);
    }
}
