using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Webhooks.Tests.Diagnostics;

public sealed class BacklogGaugeTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(The.Now);
    private readonly FakeLogger _logger = new();
    private readonly WebhookStore _store = Substitute.For<WebhookStore>();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly BacklogGauges _gauges;
    private Task<StoreStatistics> _measured = Task.FromResult(new StoreStatistics(42, TimeSpan.FromSeconds(7.5)));
    private int _measurements;

    public BacklogGaugeTests()
    {
        _store.MeasureAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            Interlocked.Increment(ref _measurements);
            return _measured;
        });
        _gauges = new BacklogGauges(_store, Meters, EngineTelemetry.Sending, _clock, _logger);
    }

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public void Dispose()
    {
        _gauges.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Nothing_is_measured_while_nobody_collects()
    {
        using var pending = Pending();

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, _measurements);
    }

    [Fact]
    public async Task What_was_measured_is_shown_at_the_next_collection()
    {
        using var pending = Pending();
        using var oldest = new MetricCollector<double>(Meters, "Webhooks", "webhooks.deliveries.oldest_due");

        pending.RecordObservableInstruments();
        Assert.Null(pending.LastMeasurement);
        await CollectUntilShownAsync(pending);
        oldest.RecordObservableInstruments();

        Assert.Equal(42, pending.LastMeasurement!.Value);
        Assert.Equal(7.5, oldest.LastMeasurement!.Value);
        Assert.Equal("s", oldest.Instrument!.Unit);
        Assert.Equal(1, _measurements);
    }

    [Fact]
    public async Task It_is_measured_again_after_fifteen_seconds_however_often_somebody_collects()
    {
        using var pending = Pending();
        await CollectUntilShownAsync(pending);

        _clock.Advance(TimeSpan.FromSeconds(14));
        for (var i = 0; i < 100; i++)
            pending.RecordObservableInstruments();
        var early = _measurements;
        _clock.Advance(TimeSpan.FromSeconds(1));
        pending.RecordObservableInstruments();
        await Waiting.UntilAsync(() => _measurements > 1);

        Assert.Equal(1, early);
        Assert.Equal(2, _measurements);
    }

    [Fact]
    public async Task A_store_that_throws_is_logged_and_leaves_no_value()
    {
        using var pending = Pending();
        await CollectUntilShownAsync(pending);
        _measured = Task.FromException<StoreStatistics>(new TimeoutException());

        _clock.Advance(TimeSpan.FromSeconds(15));
        pending.RecordObservableInstruments();
        await Waiting.UntilAsync(() => _logger.Collector.Count == 1);
        await Waiting.UntilAsync(() =>
        {
            pending.Clear();
            pending.RecordObservableInstruments();
            return pending.LastMeasurement is null;
        });

        Assert.Equal(362, _logger.LatestRecord.Id.Id);
    }

    [Fact]
    public async Task A_store_that_hangs_is_asked_once_and_keeps_nobody_waiting()
    {
        var hangs = new TaskCompletionSource<StoreStatistics>();
        _measured = hangs.Task;
        using var pending = Pending();

        for (var i = 0; i < 10; i++)
        {
            pending.RecordObservableInstruments();
            await Waiting.UntilAsync(() => _measurements > 0);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        hangs.SetResult(new StoreStatistics(7, TimeSpan.Zero));
        await CollectUntilShownAsync(pending);
        Assert.Equal(7, pending.LastMeasurement!.Value);
        Assert.InRange(_measurements, 1, 2);
    }

    private MetricCollector<long> Pending() => new(Meters, "Webhooks", "webhooks.deliveries.pending");

    private static Task CollectUntilShownAsync(MetricCollector<long> collector) => Waiting.UntilAsync(() =>
    {
        collector.RecordObservableInstruments();
        return collector.LastMeasurement is not null;
    });
}
