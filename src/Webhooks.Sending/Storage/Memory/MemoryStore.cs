namespace Webhooks;

/// <summary>Keeps everything in this process's memory: for tests, and for trying the library out. One lock guards it
/// all, for nothing in it waits.</summary>
internal sealed class MemoryStore : WebhookStore
{
    private readonly Lock _lock = new();
    private readonly MemoryState _state;

    public MemoryStore(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _state = new MemoryState(new MemoryClock(timeProvider));
    }

    public override string Name => "memory";

    public override bool IsDurable => false;

    public override Task InitializeAsync(CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => RunAsync(() => _state.Publish(batch), cancellationToken);

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => RunAsync(() => _state.Claim(request), cancellationToken);

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<bool>>(() => [.. outcomes.Select(_state.Complete)], cancellationToken);

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<bool>>(
            () => [.. leases.Select(lease => _state.Renew(lease, duration))], cancellationToken);

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => RunAsync(() => leases.Count(_state.Release), cancellationToken);

    public override Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => RunAsync(() => _state.Endpoints.Create(endpoint), cancellationToken);

    public override Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => RunAsync(() => _state.UpdateEndpoint(endpoint), cancellationToken);

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => RunAsync(() => _state.Endpoints.ChangesSince(revision), cancellationToken);

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => RunAsync(() => _state.Endpoints.MarkFailing(endpointNumber), cancellationToken);

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => RunAsync(() => _state.Endpoints.TryMarkHealthy(endpointNumber), cancellationToken);

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken)
        => RunAsync(() => _state.Messages.Find(filter), cancellationToken);

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => RunAsync(() => _state.Deliveries.Find(filter), cancellationToken);

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<AttemptRecord>>(
            () => _state.Deliveries.TryFind(deliveryId, out var delivery) ? [.. delivery.Attempts] : [],
            cancellationToken);

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
        => RunAsync(() => deliveryIds.Count(_state.Cancel), cancellationToken);

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => RunAsync(
            () => deliveryIds.Distinct().Count(id => _state.Redeliver(id, trigger)), cancellationToken);

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => RunAsync(
            () => messageNumbers.Distinct().Count(number => _state.Replay(number, endpointNumber)), cancellationToken);

    public override Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => RunAsync(() => _state.Deliveries.Purge(limits), cancellationToken);

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => RunAsync(_state.Measure, cancellationToken);

    private Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);

        lock (_lock)
            return Task.FromResult(work());
    }
}
