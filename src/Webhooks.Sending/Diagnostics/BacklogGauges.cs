using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Shows how much work the store holds. Measured only while somebody collects, and not at every collection: an
/// instrument is asked for its value at once, so it gives the latest there is and has the next one measured.
/// </summary>
internal sealed class BacklogGauges : IHostedService, IDisposable
{
    private static readonly TimeSpan MeasureAgainAfter = TimeSpan.FromSeconds(15);

    private readonly WebhookStore _store;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _disposing = new();
    private readonly CancellationToken _disposed;
    private readonly Lock _lock = new();
    private StoreStatistics? _latest;
    private long? _begunAt;
    private bool _isMeasuring;

    public BacklogGauges(
        WebhookStore store, IMeterFactory meterFactory, EngineTelemetry telemetry, TimeProvider timeProvider,
        ILogger logger)
    {
        _store = store;
        _timeProvider = timeProvider;
        _logger = logger;
        _disposed = _disposing.Token;
        var meter = meterFactory.Create(AttemptMetrics.MeterName);
        meter.CreateObservableGauge(
            telemetry.Name("deliveries.pending"),
            () => Observe(static statistics => statistics.Pending),
            "{delivery}",
            "Deliveries that wait for an attempt, in the whole store; an estimate where counting would be dear.");
        meter.CreateObservableGauge(
            telemetry.Name("deliveries.oldest_due"),
            () => Observe(static statistics => statistics.OldestDue.TotalSeconds),
            "s",
            "How long the delivery that waits longest has been due, in the whole store.");
    }

    // Being made is all there is to its start.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _disposing.Cancel();
        _disposing.Dispose();
    }

    private IEnumerable<Measurement<T>> Observe<T>(Func<StoreStatistics, T> select)
        where T : struct
    {
        lock (_lock)
        {
            if (!_isMeasuring && !_disposed.IsCancellationRequested
                && (_begunAt is not { } begunAt || _timeProvider.GetElapsedTime(begunAt) >= MeasureAgainAfter))
            {
                _begunAt = _timeProvider.GetTimestamp();
                _isMeasuring = true;
                _ = MeasureAsync();
            }

            return _latest is { } latest ? [new Measurement<T>(select(latest))] : [];
        }
    }

    // Whoever collects isn't made to wait, not even for a store that blocks.
    private async Task MeasureAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        StoreStatistics? measured = null;
        try
        {
            measured = await _store.MeasureAsync(_disposed).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store may throw anything; there is no value then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_disposed.IsCancellationRequested)
                _logger.MeasuringFailed(exception, _store.Name);
        }

        lock (_lock)
        {
            _latest = measured;
            _isMeasuring = false;
        }
    }
}
