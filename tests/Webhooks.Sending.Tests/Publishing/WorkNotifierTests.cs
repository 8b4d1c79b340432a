namespace Webhooks.Tests.Publishing;

/// <summary>Who hears of new work, and how often.</summary>
public sealed class WorkNotifierTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly WrappedStore _store = new(new MemoryStore(TimeProvider.System));
    private readonly PublishHost _host;

    public WorkNotifierTests() => _host = new PublishHost(_store);

    private WorkNotifier Notifier
        => (WorkNotifier)_host.Services.GetService(typeof(WorkNotifier))!;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_process_that_delivers_tells_itself_alone()
    {
        _host.Signal.IsDispatcherRunning = true;

        Notifier.WorkArrived();
        await SettleAsync();

        Assert.True(_host.Signal.TryTake());
        Assert.Equal(0, _store.Notifications);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_process_that_does_not_deliver_or_has_its_hands_full_tells_the_others(bool isRunning, bool isSaturated)
    {
        _host.Signal.IsDispatcherRunning = isRunning;
        _host.Signal.IsSaturated = isSaturated;

        Notifier.WorkArrived();

        await Waiting.UntilAsync(() => _store.Notifications == 1);
    }

    [Fact]
    public async Task The_others_are_told_at_once_and_then_at_most_so_often_with_a_last_word()
    {
        Notifier.WorkArrived();
        await Waiting.UntilAsync(() => _store.Notifications == 1);
        for (var i = 0; i < 1000; i++)
            Notifier.WorkArrived();
        await SettleAsync();
        Assert.Equal(1, _store.Notifications);

        await AdvanceUntilAsync(() => _store.Notifications == 2);
        await AdvanceAsync(10);

        Assert.Equal(2, _store.Notifications);
        Notifier.WorkArrived();
        await AdvanceUntilAsync(() => _store.Notifications == 3);
    }

    [Fact]
    public async Task What_a_publication_has_told_the_others_is_not_told_again_at_once()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        await AdvanceUntilAsync(() => Notifier.IsDue);
        var before = _store.Notifications;
        _store.TellsOthers = true;

        await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        await SettleAsync();
        Assert.Equal(before, _store.Notifications);
        Assert.False(Notifier.IsDue);

        await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        await SettleAsync();
        Assert.Equal(before, _store.Notifications);
        await AdvanceUntilAsync(() => _store.Notifications == before + 1);
        Assert.Equal([true, false], _store.Batches.Select(batch => batch.Notifies));
    }

    [Fact]
    public async Task A_process_that_delivers_does_not_have_its_publications_tell_others()
    {
        _host.Signal.IsDispatcherRunning = true;
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);

        await _host.Publisher.PublishAsync(Some.Message(), Cancel);

        Assert.False(Assert.Single(_store.Batches).Notifies);
    }

    [Fact]
    public async Task Telling_that_fails_is_logged_and_harms_nobody()
    {
        await _host.Endpoints.CreateAsync(Some.Endpoint(), Cancel);
        _store.OnNotify = () => throw new TimeoutException("down");

        var result = await _host.Publisher.PublishAsync(Some.Message(), Cancel);
        await AdvanceUntilAsync(() => _host.Logs.GetSnapshot().Any(log => log.Id.Id == 376));
        _store.OnNotify = () => Task.CompletedTask;
        var before = _store.Notifications;
        Notifier.WorkArrived();
        await AdvanceUntilAsync(() => _store.Notifications > before);

        Assert.Equal(1, result.DeliveryCount);
    }

    // What runs on the pool gets its turn, without any time going by.
    private static async Task SettleAsync()
    {
        for (var i = 0; i < 100; i++)
            await Task.Yield();
    }

    private async Task AdvanceAsync(int intervals)
    {
        for (var i = 0; i < intervals; i++)
        {
            _host.Clock.Advance(Interval);
            await SettleAsync();
        }
    }

    private async Task AdvanceUntilAsync(Func<bool> condition) => await Waiting.UntilAsync(() =>
    {
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return condition();
    });
}
