namespace Webhooks;

/// <summary>
/// Writes what was taken from the queue. Where a transaction that is still open holds a key of it, only those messages
/// wait that have a key (<see cref="KeyWaiter"/>), and not here.
/// </summary>
internal sealed class PublishWriter(BatchWriter writer, KeyWaiter waiter)
{
    // Longer than a commit takes, so that what this node itself writes under the same key is no reason to wait apart.
    private static readonly TimeSpan MaxKeyWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends every request with a result or an exception, or hands it on to where it waits for its
    /// keys.</summary>
    public async ValueTask WriteAsync(List<PublishRequest> requests)
    {
        waiter.TakeFollowers(requests);
        if (requests.Count == 0)
            return;

        var hasKeys = requests.Exists(static request => request.Keys.Count > 0);
        var blocked = await writer.WriteAsync(requests, hasKeys ? MaxKeyWait : null).ConfigureAwait(false);
        if (blocked.Count == 0)
            return;

        waiter.Add(blocked.FindAll(static request => request.Keys.Count > 0));
        var others = blocked.FindAll(static request => request.Keys.Count == 0);
        if (others.Count > 0)
            await writer.WriteAsync(others, maxKeyWait: null).ConfigureAwait(false);
    }
}
