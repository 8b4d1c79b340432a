using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Tells dispatchers that there is work: this process's own, and those of other nodes where this one doesn't do it. The
/// others are told at once, and then at most so often, with a last word after the last call.
/// </summary>
internal sealed class WorkNotifier(
    WebhookStore store, DispatchSignal signal, TimeProvider timeProvider, ILogger logger)
    : IThreadPoolWorkItem
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private int _isAsked;
    private int _isRunning;

    /// <summary>Whether what is published now should tell the others by itself: they are to hear of it, and nobody has
    /// told them just now.</summary>
    public bool IsDue => IsForOthers && Volatile.Read(ref _isRunning) == 0;

    private bool IsForOthers => !signal.IsDispatcherRunning || signal.IsSaturated;

    /// <summary>Says that deliveries may be due. Never blocks and never throws.</summary>
    public void WorkArrived() => WorkArrived(hasNotified: false);

    /// <summary>The same.</summary>
    /// <param name="hasNotified">Whether the others have been told already.</param>
    public void WorkArrived(bool hasNotified)
    {
        signal.Set();
        if (hasNotified)
            Rest();
        else if (IsForOthers)
            NotifyOthers();
    }

    /// <summary>Says that endpoints changed, which every node should hear of. Never blocks and never throws.</summary>
    public void EndpointsChanged()
    {
        signal.Set();
        NotifyOthers();
    }

    // The asking goes before the look at who runs, and the stopping before the look at who asked: one of them sees the
    // other, so no last word is lost.
    private void NotifyOthers()
    {
        Interlocked.Exchange(ref _isAsked, 1);
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // The next word waits as long as after one of its own.
    private void Rest()
    {
        if (Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0)
            _ = RunAsync(rests: true);
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync(rests: false);

    private async Task RunAsync(bool rests)
    {
        do
        {
            try
            {
                if (rests)
                    await Task.Delay(Interval, timeProvider).ConfigureAwait(false);
                rests = false;
                while (Interlocked.Exchange(ref _isAsked, 0) == 1)
                {
                    await NotifyAsync().ConfigureAwait(false);
                    await Task.Delay(Interval, timeProvider).ConfigureAwait(false);
                }
            }
            finally
            {
                Interlocked.Exchange(ref _isRunning, 0);
            }
        }
        while (Volatile.Read(ref _isAsked) == 1 && Interlocked.CompareExchange(ref _isRunning, 1, 0) == 0);
    }

    private async Task NotifyAsync()
    {
        try
        {
            await store.NotifyAsync(CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nothing is lost with it: the other nodes look by themselves every few seconds.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.NotifyFailed(exception, store.Name);
        }
    }
}
