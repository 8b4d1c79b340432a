using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Says that what is stored won't outlive the process, where that is so. Whoever only sends stores nothing, so at the
/// start it is told as information; the first that asks for the publisher, be it before or after, makes it a warning.
/// </summary>
internal sealed class StoreDurability(WebhookStore store, ILogger<WebhookStore> logger)
{
    private int _hasWarned;

    /// <summary>The application starts.</summary>
    public void Tell()
    {
        if (!store.IsDurable && Volatile.Read(ref _hasWarned) == 0)
            logger.StoreWouldNotBeDurable(store.Name);
    }

    /// <summary>The application is about to have something stored.</summary>
    public void Warn()
    {
        if (store.IsDurable || Interlocked.Exchange(ref _hasWarned, 1) != 0)
            return;

        try
        {
            logger.StoreIsNotDurable(store.Name);
        }
#pragma warning disable CA1031 // The application's logger may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Whoever asks for the publisher has messages to store, and gets it.
        }
    }
}
