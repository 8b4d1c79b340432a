using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Makes the store of handled webhooks ready at start, and then deletes from it what has run out, in small
/// batches with pauses between them.</summary>
internal sealed class DuplicateWorker(
    WebhookDuplicateStore store, TimeProvider time, ILogger<DuplicateGate> logger)
    : BackgroundService, IHostedLifecycleService
{
    private const int BatchSize = 1000;

    // A fifth of the time at most goes into deleting.
    private const int PauseFactor = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    public Task StartingAsync(CancellationToken cancellationToken) =>
        StoreReadiness.EnsureAsync(store.Name, store.InitializeAsync, time, logger, cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Nothing may end this loop but the host.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(false);
                await PurgeAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var startedAt = time.GetTimestamp();
                if (await store.PurgeAsync(BatchSize, cancellationToken).ConfigureAwait(false) < BatchSize)
                    return;

                var pause = time.GetElapsedTime(startedAt) * PauseFactor;
                await Task.Delay(pause < ShortestPause ? ShortestPause : pause, time, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // A store may throw anything; what couldn't be deleted now can be later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            Log.DuplicatesNotPurged(logger, exception, store.Name);
        }
    }
}
