using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Has somebody look for the work that was just stored. That it is done soon is all that hangs on it.</summary>
internal sealed class WorkCaller(WebhookStore store, DispatchSignal signal, ILogger logger)
{
    public async Task CallAsync(CancellationToken cancellationToken)
    {
        signal.Set();
        if (signal is { IsDispatcherRunning: true, IsSaturated: false })
            return;

        try
        {
            await store.NotifyAsync(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The work is stored, and whoever does it looks every few seconds by itself.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.NotTold(exception, store.Name);
        }
    }
}
