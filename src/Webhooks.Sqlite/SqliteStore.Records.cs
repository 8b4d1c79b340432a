namespace Webhooks;

/// <summary>Endpoints, queries, redelivery and retention.</summary>
internal sealed partial class SqliteStore
{
    private const int CancelBatch = 1000;

    private long _purgedUpTo;

    public override async Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var created = await WriteAsync(
                "create endpoint", 1, transaction => EndpointWriter.Create(transaction, endpoint), cancellationToken)
            .ConfigureAwait(false);
        _wakeFolder.Notify(_runner.Path);
        return created;
    }

    public override async Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var updated = await WriteAsync(
                "update endpoint", 1, transaction => EndpointWriter.Update(transaction, endpoint), cancellationToken)
            .ConfigureAwait(false);

        // One transaction for a great backlog would hold up everybody. From the first one on nobody can claim or add
        // deliveries, and a purge finds what a crash would leave here.
        if (updated is { State: EndpointState.Deleted })
        {
            while (await CancelPendingAsync(updated.Number, cancellationToken).ConfigureAwait(false) > 0)
            {
                // The next batch, until there is none.
            }
        }

        _wakeFolder.Notify(_runner.Path);
        return updated;
    }

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => ReadAsync(connection => EndpointReader.Read(connection, revision), cancellationToken);

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => WriteAsync(
            "mark failing", 1, transaction => EndpointWriter.MarkFailing(transaction, endpointNumber),
            cancellationToken);

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => WriteAsync(
            "mark healthy", 1, transaction => EndpointWriter.MarkHealthy(transaction, endpointNumber),
            cancellationToken);

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return ReadAsync(connection => MessageSearch.Find(connection, filter), cancellationToken);
    }

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return ReadAsync(connection => DeliverySearch.Find(connection, filter), cancellationToken);
    }

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => ReadAsync(connection => AttemptSearch.FindAll(connection, deliveryId), cancellationToken);

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveryIds);
        return WriteAsync(
            "cancel", deliveryIds.Count, transaction => Redelivery.Cancel(transaction, deliveryIds), cancellationToken);
    }

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveryIds);
        return WriteAsync(
            "redeliver", deliveryIds.Count,
            transaction => Redelivery.Redeliver(transaction, deliveryIds, trigger), cancellationToken);
    }

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messageNumbers);
        return WriteAsync(
            "replay", messageNumbers.Count,
            transaction => Redelivery.Replay(transaction, messageNumbers, endpointNumber), cancellationToken);
    }

    public override async Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var purge = new Purge(limits, StoreTime.From(_timeProvider.GetUtcNow()));
        var after = Interlocked.Read(ref _purgedUpTo);
        var findings = await ReadAsync(connection => purge.Find(connection, after), cancellationToken)
            .ConfigureAwait(false);
        var result = await WriteAsync(
                "purge", limits.BatchSize, transaction => purge.Delete(transaction, findings), cancellationToken)
            .ConfigureAwait(false);
        Interlocked.Exchange(ref _purgedUpTo, findings.Next);
        return result;
    }

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
    {
        var now = StoreTime.From(_timeProvider.GetUtcNow());
        return ReadAsync(connection => WorkMeter.Measure(connection, now), cancellationToken);
    }

    private Task<int> CancelPendingAsync(long endpoint, CancellationToken cancellationToken)
        => WriteAsync(
            "cancel deliveries of a deleted endpoint", CancelBatch,
            transaction => EndpointWriter.CancelPending(transaction, endpoint, CancelBatch), cancellationToken);
}
