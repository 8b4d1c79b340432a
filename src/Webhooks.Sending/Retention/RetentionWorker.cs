using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Deletes what is older than its time, in small batches with pauses between them, so that delivery always goes first.
/// Every node does it, each at times of its own.
/// </summary>
internal sealed class RetentionWorker(
    WebhookStore store, WebhookDeliveryOptions options, RetentionMetrics metrics, Random random,
    TimeProvider timeProvider, ILogger logger) : BackgroundService
{
    private const int BatchSize = 1000;

    // A fifth of the time at most goes into deleting.
    private const int PauseFactor = 4;

    private static readonly TimeSpan FirstRun = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterError = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // A hundred years, for databases whose times don't reach back to the beginning of all.
    private static readonly TimeSpan ForEver = TimeSpan.FromDays(36500);

    private readonly RetentionLimits _limits = new()
    {
        Succeeded = Limit(options.SucceededRetention),
        Failed = Limit(options.FailedRetention),
        BatchSize = BatchSize,
    };

    // Nothing may end this loop but the host.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled)
            return;

        try
        {
            var wait = FirstRun * (0.5 + Dice());
            while (true)
            {
                await Task.Delay(wait, timeProvider, stoppingToken).ConfigureAwait(false);
                wait = await RunAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private static TimeSpan Limit(TimeSpan? retention)
        => retention is { } time && time < ForEver ? time : ForEver;

    /// <summary>Deletes all there is to delete; returns how long until the next time.</summary>
    private async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        var (deliveries, messages) = (0L, 0L);
        try
        {
            while (true)
            {
                var startedAt = timeProvider.GetTimestamp();
                var purged = await store.PurgeAsync(_limits, cancellationToken).ConfigureAwait(false);
                var took = timeProvider.GetElapsedTime(startedAt);
                metrics.Record(purged);
                deliveries += purged.Deliveries;
                messages += purged.Messages;
                if (!purged.HasMore)
                    return Interval * (0.9 + (0.2 * Dice()));

                await Task.Delay(Pause(took), timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // A store may throw anything; what couldn't be deleted now can be later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            logger.PurgeFailed(exception, store.Name, AfterError);
            return AfterError;
        }
        finally
        {
            if (deliveries + messages > 0)
                logger.Purged(deliveries, messages);
        }
    }

    private static TimeSpan Pause(TimeSpan took)
    {
        var pause = took < LongestPause ? took * PauseFactor : LongestPause;
        return pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
    }

#pragma warning disable CA5394 // Nodes need to be spread, not unguessable.
    private double Dice() => random.NextDouble();
#pragma warning restore CA5394
}
