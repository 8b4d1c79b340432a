namespace Webhooks.Simulation;

/// <summary>
/// The shared store as one process reaches it: calls take time, fail before or after the commit, and what comes back
/// never arrives at a process that was killed. The ledger hears of each commit as it happens.
/// </summary>
internal sealed class NodeStore(Node node, World world) : WebhookStore
{
    private readonly WebhookStore _store = world.Store;
    private readonly Ledger _ledger = world.Ledger;

    public override string Name => "simulated";

    public override bool IsDurable => true;

    public override int PublishConcurrency => 2;

    public override Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
        => CallAsync(() => world.Defective.PublishAsync(batch), outcome =>
        {
            for (var i = 0; i < outcome.Messages.Count; i++)
            {
                if (outcome.Messages[i].Duplicate == MessageDuplicate.None)
                    _ledger.OnStored(batch.Messages[i]);
            }

            foreach (var delivery in outcome.Leased)
                _ledger.OnLeasedDirectly(node, batch.Lease!, delivery);
        });

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        => CallAsync(() => world.Defective.ClaimAsync(request), result =>
        {
            foreach (var delivery in result.Deliveries)
                _ledger.OnClaimed(node, request.Lease, request.LeaseDuration, delivery);
        });

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
        => CallAsync(() => world.Defective.CompleteAsync(outcomes), written =>
        {
            for (var i = 0; i < written.Count; i++)
                _ledger.OnCompleted(outcomes[i], written[i]);
        });

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
        => CallAsync(() => _store.RenewAsync(leases, duration, CancellationToken.None), held =>
        {
            for (var i = 0; i < held.Count; i++)
                _ledger.OnRenewed(leases[i], held[i], duration);
        });

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
        => CallAsync(() => DoneAsync(_store.ReleaseAsync(leases, CancellationToken.None)), _ =>
        {
            foreach (var lease in leases)
                _ledger.OnReleased(lease);
        });

    public override Task<EndpointRecord?> CreateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => CallAsync(() => _store.CreateEndpointAsync(endpoint, CancellationToken.None), OnWritten);

    public override Task<EndpointRecord?> UpdateEndpointAsync(
        EndpointRecord endpoint, CancellationToken cancellationToken)
        => CallAsync(() => _store.UpdateEndpointAsync(endpoint, CancellationToken.None), OnWritten);

    public override Task<EndpointChanges> ReadEndpointsAsync(long revision, CancellationToken cancellationToken)
        => CallAsync(() => _store.ReadEndpointsAsync(revision, CancellationToken.None));

    public override Task<TimeSpan> MarkFailingAsync(long endpointNumber, CancellationToken cancellationToken)
        => CallAsync(() => _store.MarkFailingAsync(endpointNumber, CancellationToken.None));

    public override Task MarkHealthyAsync(long endpointNumber, CancellationToken cancellationToken)
        => CallAsync(() => DoneAsync(_store.MarkHealthyAsync(endpointNumber, CancellationToken.None)));

    public override Task<IReadOnlyList<MessageRecord>> FindMessagesAsync(
        MessageFilter filter, CancellationToken cancellationToken)
        => CallAsync(() => _store.FindMessagesAsync(filter, CancellationToken.None));

    public override Task<IReadOnlyList<DeliveryRecord>> FindDeliveriesAsync(
        DeliveryFilter filter, CancellationToken cancellationToken)
        => CallAsync(() => _store.FindDeliveriesAsync(filter, CancellationToken.None));

    public override Task<IReadOnlyList<AttemptRecord>> FindAttemptsAsync(
        long deliveryId, CancellationToken cancellationToken)
        => CallAsync(() => _store.FindAttemptsAsync(deliveryId, CancellationToken.None));

    public override Task<int> CancelAsync(IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken)
        => CallAsync(() => _store.CancelAsync(deliveryIds, CancellationToken.None), _ => LookUp(deliveryIds));

    public override Task<int> RedeliverAsync(
        IReadOnlyList<long> deliveryIds, AttemptTrigger trigger, CancellationToken cancellationToken)
        => CallAsync(
            () => _store.RedeliverAsync(deliveryIds, trigger, CancellationToken.None), _ => LookUp(deliveryIds));

    public override Task<int> ReplayAsync(
        IReadOnlyList<long> messageNumbers, long endpointNumber, CancellationToken cancellationToken)
        => CallAsync(() => _store.ReplayAsync(messageNumbers, endpointNumber, CancellationToken.None), _ =>
        {
            foreach (var number in messageNumbers)
                LookUp(new DeliveryFilter { MessageNumber = number, EndpointNumber = endpointNumber });
        });

    public override Task<PurgeResult> PurgeAsync(RetentionLimits limits, CancellationToken cancellationToken)
        => CallAsync(() => _store.PurgeAsync(limits, CancellationToken.None));

    public override Task<StoreStatistics> MeasureAsync(CancellationToken cancellationToken)
        => CallAsync(() => _store.MeasureAsync(CancellationToken.None));

    public override Task ListenAsync(Action wake, CancellationToken cancellationToken)
        => world.Wakes.ListenAsync(node, wake, cancellationToken);

    public override async Task NotifyAsync(CancellationToken cancellationToken)
        => await CallAsync(() =>
        {
            world.Wakes.Wake();
            return Task.FromResult(true);
        });

    private async Task<T> CallAsync<T>(Func<Task<T>> call, Action<T>? onCommitted = null)
    {
        await node.Life.EnterAsync();
        await world.Faults.TravelAsync();
        if (!node.Life.IsKilled)
            world.Faults.Strike();
        else if (!world.Faults.StillArrives())
            await node.Life.EnterAsync();

        var result = await call();
        onCommitted?.Invoke(result);
        await world.Faults.TravelAsync();
        await node.Life.EnterAsync();
        world.Faults.Strike();
        return result;
    }

    private void OnWritten(EndpointRecord? endpoint)
    {
        if (endpoint is null)
            return;

        _ledger.Endpoints.OnWritten(endpoint);
        if (endpoint.State == EndpointState.Deleted)
            _ledger.OnEndpointDeleted(endpoint.Number);
        world.Wakes.Wake();
    }

    private void LookUp(IEnumerable<long> deliveryIds)
    {
        foreach (var id in deliveryIds)
            LookUp(new DeliveryFilter { After = id - 1, OldestFirst = true, Limit = 1 });
    }

    // The store under test answers at once, and this is no call of the node's.
    private void LookUp(DeliveryFilter filter)
    {
        foreach (var record in _store.FindDeliveriesAsync(filter, CancellationToken.None).GetAwaiter().GetResult())
            _ledger.OnChangedByHand(record);
    }

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
