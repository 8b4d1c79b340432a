namespace Webhooks;

/// <summary>Endpoints' ids for the numbers that the store knows them by, and the other way round.</summary>
internal sealed class EndpointNames(EndpointDirectory directory)
{
    /// <summary>Finds an endpoint by its id, one that another node has just created included.</summary>
    public async ValueTask<EndpointRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Find(directory.Current, id) ?? Find(await RefreshAsync(cancellationToken).ConfigureAwait(false), id);
    }

    /// <summary>Finds an endpoint that isn't deleted.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public async ValueTask<EndpointRecord> GetAsync(string id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken).ConfigureAwait(false) is { State: not EndpointState.Deleted } found
            ? found
            : throw new ArgumentException($"There is no endpoint '{id}'.", nameof(id));

    /// <summary>What is known of endpoints, those of the numbers included where they are known at all.</summary>
    public async ValueTask<EndpointSnapshot> KnowingAsync(
        IReadOnlyList<DeliveryRecord> deliveries, CancellationToken cancellationToken)
    {
        var known = directory.Current;
        return deliveries.All(delivery => known.TryFind(delivery.EndpointNumber, out _))
            ? known
            : await RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<EndpointSnapshot> RefreshAsync(CancellationToken cancellationToken)
        => directory.RefreshAsync(directory.Current.Revision + 1, cancellationToken);

    private static EndpointRecord? Find(EndpointSnapshot snapshot, string id)
        => snapshot.ByNumber.Values.FirstOrDefault(entry => entry.Record.Id == id)?.Record;
}
