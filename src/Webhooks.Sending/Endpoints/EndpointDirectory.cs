namespace Webhooks;

/// <summary>
/// What this process knows of the store's endpoints; reads only what changed. Endpoints that were replaced are left to
/// the garbage collector, secrets and all: an attempt under way may be signing with them.
/// </summary>
internal sealed class EndpointDirectory(WebhookStore store, EndpointLoader loader) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private EndpointSnapshot? _current;

    public EndpointSnapshot Current => Volatile.Read(ref _current) ?? EndpointSnapshot.Empty;

    /// <summary>Reads the changes unless the revision is already known.</summary>
    public ValueTask<EndpointSnapshot> RefreshAsync(long revision, CancellationToken cancellationToken)
        => Volatile.Read(ref _current) is { } known && known.Revision >= revision
            ? new ValueTask<EndpointSnapshot>(known)
            : new ValueTask<EndpointSnapshot>(ReadAsync(revision, cancellationToken));

    /// <summary>Reads the changes, whatever is known.</summary>
    public Task<EndpointSnapshot> RefreshAsync(CancellationToken cancellationToken)
        => ReadAsync(long.MaxValue, cancellationToken);

    public void Dispose() => _reading.Dispose();

    private async Task<EndpointSnapshot> ReadAsync(long wanted, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Others may have read it while this one waited.
            if (Volatile.Read(ref _current) is { } known && known.Revision >= wanted)
                return known;

            var after = await ReadAsync(Current, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, after);
            return after;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<EndpointSnapshot> ReadAsync(EndpointSnapshot before, CancellationToken cancellationToken)
    {
        var changes = await store.ReadEndpointsAsync(before.Revision, cancellationToken).ConfigureAwait(false);

        // A store that went back was restored from a backup, or begun anew: nothing known of it holds any more.
        if (changes.Revision < before.Revision)
        {
            before = EndpointSnapshot.Empty;
            changes = await store.ReadEndpointsAsync(before.Revision, cancellationToken).ConfigureAwait(false);
        }

        return before.With(changes, loader);
    }
}
