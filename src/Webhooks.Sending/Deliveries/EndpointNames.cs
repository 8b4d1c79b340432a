namespace Webhooks;

/// <summary>Endpoints' ids for the numbers that the store knows them by, and the other way round.</summary>
internal sealed class EndpointNames(EndpointDirectory directory)
{
    /// <summary>Finds an endpoint by its id, one that another node has just created included.</summary>
    public async ValueTask<EndpointRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return directory.Current.Recall(id)
            ?? (await directory.RefreshAsync(cancellationToken).ConfigureAwait(false)).Recall(id);
    }

    /// <summary>Finds an endpoint that isn't deleted.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public async ValueTask<EndpointRecord> GetAsync(string id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken).ConfigureAwait(false) is { State: not EndpointState.Deleted } found
            ? found
            : throw new KeyNotFoundException($"There is no endpoint {id}.");

    /// <summary>What is known of endpoints, those of the numbers included where they are known at all.</summary>
    public async ValueTask<EndpointSnapshot> KnowingAsync(
        IReadOnlyList<DeliveryRecord> deliveries, CancellationToken cancellationToken)
    {
        var known = directory.Current;
        return deliveries.All(delivery => known.Recall(delivery.EndpointNumber) is not null)
            ? known
            : await directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }
}
