namespace Webhooks;

/// <summary>What this process knows of the store's endpoints; reads only what changed.</summary>
internal sealed class EndpointDirectory(WebhookStore store) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private EndpointSnapshot? _current;

    public EndpointSnapshot Current => Volatile.Read(ref _current) ?? EndpointSnapshot.Empty;

    /// <summary>Reads the changes unless the revision is already known.</summary>
    public async ValueTask<EndpointSnapshot> RefreshAsync(long revision, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _current) is { } known && known.Revision >= revision)
            return known;

        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = Current;
            var changes = await store.ReadEndpointsAsync(before.Revision, cancellationToken).ConfigureAwait(false);
            var after = new EndpointSnapshot(changes.Revision, before.ByNumber);
            Volatile.Write(ref _current, after);
            return after;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}
