namespace Webhooks;

/// <summary>Reads and writes single endpoints, over and over when somebody else writes them at the same time.</summary>
internal sealed class EndpointWriter(WebhookStore store, EndpointDirectory directory, WorkNotifier notifier)
{
    private const int MaxTries = 10;

    /// <exception cref="WebhookConflictException">The id is taken.</exception>
    public async Task<EndpointRecord> CreateAsync(EndpointRecord record, CancellationToken cancellationToken)
    {
        var created = await store.CreateEndpointAsync(record, cancellationToken).ConfigureAwait(false)
            ?? throw new WebhookConflictException(
                $"The endpoint id {record.Id} is taken, be it by an endpoint that was deleted: choose another.");
        await ShareAsync(created, cancellationToken).ConfigureAwait(false);
        return created;
    }

    public async Task<EndpointRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        var snapshot = await directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.TryFind(id, out var entry) ? entry.Record : null;
    }

    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    public async Task<EndpointRecord> GetAsync(string id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new KeyNotFoundException($"There is no endpoint {id}.");

    /// <summary>Changes an endpoint. A change that returns what it was given writes nothing.</summary>
    /// <param name="id">The endpoint's id.</param>
    /// <param name="change">What to make of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="isNewBeginning">Whether how long the endpoint failed before says nothing of it as it becomes; null
    /// for never.</param>
    /// <returns>The endpoint as stored, and whether it was written.</returns>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    /// <exception cref="WebhookConflictException">Others kept writing it.</exception>
    public async Task<(EndpointRecord Record, bool IsWritten)> ChangeAsync(
        string id,
        Func<EndpointRecord, EndpointRecord> change,
        CancellationToken cancellationToken,
        Func<EndpointRecord, bool>? isNewBeginning = null)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var before = await GetAsync(id, cancellationToken).ConfigureAwait(false);
            var after = change(before);
            if (ReferenceEquals(after, before))
                return (before, false);

            // Before the write, so that a crash between the two can't leave a new beginning with the old failures: its
            // first failed attempt would disable it.
            if (isNewBeginning?.Invoke(before) == true)
                await store.MarkHealthyAsync(before.Number, cancellationToken).ConfigureAwait(false);
            if (await store.UpdateEndpointAsync(after, cancellationToken).ConfigureAwait(false) is not { } written)
                continue;

            await ShareAsync(written, cancellationToken).ConfigureAwait(false);
            return (written, true);
        }

        throw new WebhookConflictException($"Endpoint {id} is being written by others all the time: try again later.");
    }

    /// <summary>Gives an endpoint that is disabled its full time again, so that its next failure doesn't disable it for
    /// how long it failed before.</summary>
    /// <exception cref="KeyNotFoundException">There is no such endpoint.</exception>
    public async Task ForgetFailuresAsync(string id, CancellationToken cancellationToken)
    {
        var endpoint = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        if (endpoint.State == EndpointState.Disabled)
            await store.MarkHealthyAsync(endpoint.Number, cancellationToken).ConfigureAwait(false);
    }

    private async Task ShareAsync(EndpointRecord written, CancellationToken cancellationToken)
    {
        notifier.EndpointsChanged();
        await directory.RefreshAsync(written.Revision, cancellationToken).ConfigureAwait(false);
    }
}
