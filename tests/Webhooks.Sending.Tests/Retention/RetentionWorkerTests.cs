using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NSubstitute;

namespace Webhooks.Tests.Retention;

public sealed class RetentionWorkerTests : IAsyncDisposable
{
    private static readonly TimeSpan FirstRun = TimeSpan.FromSeconds(30);

    private readonly CountingClock _clock = new(The.Now);
    private readonly WebhookStore _store = Substitute.For<WebhookStore>();
    private readonly List<(RetentionLimits Limits, DateTimeOffset At)> _purges = [];
    private readonly WebhookDeliveryOptions _options = new();
    private readonly Queue<Func<PurgeResult>> _answers = new();
    private readonly ServiceProvider _services;
    private IHostedService? _worker;

    public RetentionWorkerTests()
    {
        _store.Name.Returns("scripted");
        _store.PurgeAsync(Arg.Any<RetentionLimits>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            lock (_purges)
                _purges.Add((call.Arg<RetentionLimits>(), _clock.GetUtcNow()));
            return Task.FromResult(_answers.TryDequeue(out var answer) ? answer() : default);
        });
        var services = new ServiceCollection();
        services.AddFakeLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<Random>(new FixedRandom(0.5));
        services.AddSingleton(_store);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(_options));
        services.AddSingleton(EngineTelemetry.Sending);
        RetentionRegistration.Add(services);
        _services = services.BuildServiceProvider();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeLogCollector Logs => _services.GetFakeLogCollector();

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.StopAsync(Cancel);
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task It_begins_soon_after_the_start_and_then_goes_every_hour()
    {
        await StartAsync();

        await PassAsync(FirstRun - TimeSpan.FromSeconds(1), purges: 0);
        await PassAsync(TimeSpan.FromSeconds(1), purges: 1);
        await PassAsync(TimeSpan.FromMinutes(59), purges: 1);
        await PassAsync(TimeSpan.FromMinutes(1), purges: 2);

        Assert.Empty(Logs.GetSnapshot());
    }

    [Fact]
    public async Task Each_kind_is_kept_for_its_time()
    {
        _options.SucceededRetention = TimeSpan.FromDays(3);
        _options.FailedRetention = TimeSpan.FromDays(7);
        await StartAsync();

        await PassAsync(FirstRun, purges: 1);

        Assert.Equal(
            (TimeSpan.FromDays(3), TimeSpan.FromDays(7)), (_purges[0].Limits.Succeeded, _purges[0].Limits.Failed));
        Assert.InRange(_purges[0].Limits.BatchSize, 1, 5000);
    }

    [Fact]
    public async Task For_ever_is_a_time_that_every_clock_can_go_back()
    {
        _options.SucceededRetention = null;
        _options.FailedRetention = TimeSpan.MaxValue;
        await StartAsync();

        await PassAsync(FirstRun, purges: 1);

        var limits = _purges[0].Limits;
        Assert.All(
            [limits.Succeeded, limits.Failed],
            time => Assert.InRange((The.Now - time).Year, 1800, 1960));
    }

    [Fact]
    public async Task Batches_follow_each_other_with_pauses_until_there_is_no_more()
    {
        using var deliveries = Counter("webhooks.retention.deliveries");
        using var messages = Counter("webhooks.retention.messages");
        _answers.Enqueue(() => new PurgeResult(1000, 400, HasMore: true));
        _answers.Enqueue(() => new PurgeResult(1000, 500, HasMore: true));
        _answers.Enqueue(() => new PurgeResult(7, 3, HasMore: false));
        await StartAsync();

        await PassAsync(FirstRun, purges: 1);
        await PassAsync(TimeSpan.FromMilliseconds(49), purges: 1);
        await PassAsync(TimeSpan.FromMilliseconds(1), purges: 2);
        await PassAsync(TimeSpan.FromMilliseconds(50), purges: 3);
        await Waiting.UntilAsync(() => Logs.Count == 1);

        Assert.Equal(2007, deliveries.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(903, messages.GetMeasurementSnapshot().EvaluateAsCounter());
        var log = Logs.LatestRecord;
        Assert.Equal((390, LogLevel.Information), (log.Id.Id, log.Level));
        Assert.Equal("2007", log.GetStructuredStateValue("Deliveries"));
        await PassAsync(TimeSpan.FromMinutes(59), purges: 3);
    }

    [Theory]
    [InlineData(100, 400)]
    [InlineData(60_000, 5_000)]
    public async Task The_longer_a_batch_took_the_longer_the_pause_up_to_five_seconds(int took, int pause)
    {
        _answers.Enqueue(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(took));
            return new PurgeResult(1000, 0, HasMore: true);
        });
        await StartAsync();

        await PassAsync(FirstRun, purges: 1);
        await PassAsync(TimeSpan.FromMilliseconds(pause - 1), purges: 1);
        await PassAsync(TimeSpan.FromMilliseconds(1), purges: 2);
    }

    [Fact]
    public async Task A_store_that_throws_is_logged_and_asked_again_after_a_minute()
    {
        _answers.Enqueue(() => throw new InvalidOperationException("locked"));
        _answers.Enqueue(() => throw new OperationCanceledException("the store's own time limit"));
        await StartAsync();

        await PassAsync(FirstRun, purges: 1);
        await PassAsync(TimeSpan.FromMinutes(1), purges: 2);
        await PassAsync(TimeSpan.FromMinutes(1), purges: 3);

        Assert.Equal([391, 391], Logs.GetSnapshot().Select(log => log.Id.Id));
        Assert.All(Logs.GetSnapshot(), log => Assert.Equal(LogLevel.Error, log.Level));
    }

    [Fact]
    public async Task A_process_that_only_publishes_deletes_nothing()
    {
        _options.Enabled = false;
        await StartAsync();

        _clock.Advance(TimeSpan.FromHours(3));

        Assert.Empty(_purges);
        Assert.True(((BackgroundService)_worker!).ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task It_ends_with_the_application_in_the_midst_of_a_batch()
    {
        var begun = new TaskCompletionSource();
        _store.PurgeAsync(Arg.Any<RetentionLimits>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Arg<CancellationToken>());
            return default(PurgeResult);
        });
        await StartAsync();
        await Waiting.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return begun.Task.IsCompleted;
        });

        await _worker!.StopAsync(Cancel);

        Assert.True(((BackgroundService)_worker).ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(Logs.GetSnapshot());
    }

    private async Task StartAsync()
    {
        _worker = Assert.Single(_services.GetServices<IHostedService>());
        await _worker.StartAsync(Cancel);
        if (!_options.Enabled)
            await ((BackgroundService)_worker).ExecuteTask!;
        else
            await Waiting.UntilAsync(() => _clock.Timers == 1);
    }

    // The worker sleeps on a timer after each purge: when that is set, all that the time brought is done.
    private async Task PassAsync(TimeSpan time, int purges)
    {
        _clock.Advance(time);
        await Waiting.UntilAsync(() => _clock.Timers > purges);
        Assert.Equal(purges, Count());
    }

    private int Count()
    {
        lock (_purges)
            return _purges.Count;
    }

    private MetricCollector<long> Counter(string name)
        => new(_services.GetRequiredService<IMeterFactory>(), "Webhooks", name);
}
