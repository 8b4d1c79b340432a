namespace Webhooks;

/// <summary>What the memory store knows, and how it changes. Not safe for more than one thread at a time.</summary>
internal sealed class MemoryState
{
    private readonly MemoryClock _clock;
    private readonly MemoryLanes _lanes;

    public MemoryState(MemoryClock clock)
    {
        _clock = clock;
        _lanes = new MemoryLanes(clock);
        Endpoints = new MemoryEndpoints(clock);
        Messages = new MemoryMessages(clock);
        Deliveries = new MemoryDeliveries(Messages, clock);
    }

    public MemoryEndpoints Endpoints { get; }

    public MemoryMessages Messages { get; }

    public MemoryDeliveries Deliveries { get; }

    public PublishOutcome Publish(PublishBatch batch)
    {
        if (batch.EndpointRevision != Endpoints.Revision)
            return PublishOutcome.Stale;

        // Read whole before anything is stored: it is the caller's list, and may throw.
        (NewMessage New, long[] Endpoints)[] messages =
            [.. batch.Messages.Select(static message => (message, message.Endpoints.ToArray()))];
        var leased = new List<LeasedDelivery>();
        return new PublishOutcome
        {
            Messages = Array.ConvertAll(
                messages, message => Publish(message.New, message.Endpoints, batch.Lease, leased)),
            Leased = leased,
        };
    }

    public ClaimResult Claim(ClaimRequest request) => new MemoryClaim(request, _lanes, Endpoints, _clock).Run();

    public bool Complete(DeliveryOutcome outcome)
    {
        if (Find(new LeaseKey(outcome.Id, outcome.Lease)) is not { } delivery)
            return false;

        if (outcome.State == DeliveryState.Pending)
        {
            PutOff(delivery, outcome);
            return true;
        }

        if (outcome.Attempt is not null)
            delivery.Add(outcome.Attempt);
        _lanes.Remove(delivery);
        Deliveries.Finish(delivery, outcome.State, outcome.Failure);
        if (outcome.State == DeliveryState.Succeeded)
            Endpoints.NoteSuccess(delivery.EndpointNumber);
        return true;
    }

    public bool Renew(LeaseKey lease, TimeSpan duration)
    {
        if (Find(lease) is not { } delivery)
            return false;

        _lanes.Hold(delivery, lease.Lease, duration);
        return true;
    }

    public bool Release(LeaseKey lease)
    {
        if (Find(lease) is not { } delivery)
            return false;

        _lanes.Free(delivery);
        return true;
    }

    public EndpointRecord? UpdateEndpoint(EndpointRecord endpoint)
    {
        var updated = Endpoints.Update(endpoint);
        if (updated is not { State: EndpointState.Deleted })
            return updated;

        foreach (var delivery in _lanes.Of(updated.Number))
            Cancel(delivery);
        return updated;
    }

    public bool Cancel(long id)
    {
        if (!Deliveries.TryFind(id, out var delivery) || delivery.State != DeliveryState.Pending)
            return false;

        Cancel(delivery);
        return true;
    }

    public bool Redeliver(long id, AttemptTrigger trigger)
        => Deliveries.TryFind(id, out var delivery) && Redeliver(delivery, trigger);

    public bool Replay(long messageNumber, long endpointNumber)
    {
        if (!Messages.TryFind(messageNumber, out var message)
            || Endpoints.StateOf(endpointNumber) == EndpointState.Deleted)
            return false;

        if (message.Deliveries.Find(known => known.EndpointNumber == endpointNumber) is { } delivery)
            return Redeliver(delivery, AttemptTrigger.Replay);

        delivery = Deliveries.Create(message, endpointNumber);
        delivery.Trigger = AttemptTrigger.Replay;
        _lanes.Add(delivery);
        return true;
    }

    public StoreStatistics Measure()
    {
        _lanes.EndLeases();
        var now = _clock.Elapsed;
        var oldest = _lanes.All
            .Where(lane => Endpoints.StateOf(lane.Key) == EndpointState.Enabled)
            .Select(static lane => lane.Value.Oldest)
            .Where(delivery => delivery?.Due <= now)
            .Min(delivery => delivery?.DueAt(_clock));
        var waiting = (_clock.Now - oldest).GetValueOrDefault();
        return new StoreStatistics(_lanes.Count, waiting > TimeSpan.Zero ? waiting : TimeSpan.Zero);
    }

    private StoredMessage Publish(
        NewMessage message, long[] endpoints, DirectLease? lease, List<LeasedDelivery> leased)
    {
        if (Messages.FindDuplicate(message.Message) is { } duplicate)
            return duplicate;

        var stored = Messages.Add(message, endpoints.Length);
        for (var i = 0; i < endpoints.Length; i++)
        {
            var delivery = Deliveries.Create(stored, endpoints[i]);
            delivery.Due = _clock.Due(message.Delay);
            delivery.InOrder = stored.Record.OrderingKey is not null;
            _lanes.Add(delivery);
            if (lease is null || i >= message.DirectCount)
                continue;

            _lanes.Hold(delivery, lease.Lease, lease.Duration);
            leased.Add(delivery.ToLeased());
        }

        if (endpoints.Length == 0)
            Deliveries.NoteUnwanted(stored);
        return new StoredMessage(stored.Record.Id, endpoints.Length, MessageDuplicate.None);
    }

    private MemoryDelivery? Find(LeaseKey lease)
        => Deliveries.TryFind(lease.DeliveryId, out var delivery) && delivery.Lease == lease.Lease ? delivery : null;

    private void PutOff(MemoryDelivery delivery, DeliveryOutcome outcome)
    {
        if (outcome.LeavesOrder)
            _lanes.LeaveOrder(delivery);
        _lanes.Free(delivery, changed =>
        {
            changed.Due = _clock.After(outcome.RetryDelay);
            if (outcome.Attempt is not null)
                changed.Add(outcome.Attempt);
        });
    }

    private void Cancel(MemoryDelivery delivery)
    {
        _lanes.Remove(delivery);
        Deliveries.Finish(delivery, DeliveryState.Cancelled, DeliveryFailure.None);
    }

    private bool Redeliver(MemoryDelivery delivery, AttemptTrigger trigger)
    {
        if (Endpoints.StateOf(delivery.EndpointNumber) == EndpointState.Deleted)
            return false;

        if (delivery.State != DeliveryState.Pending)
        {
            Deliveries.Reopen(delivery);
            delivery.Restart(trigger, _clock.Now);
            _lanes.Add(delivery);
            return true;
        }

        if (_lanes.IsHeld(delivery))
            return false;

        _lanes.Free(delivery, changed => changed.Restart(trigger, _clock.Now));
        return true;
    }
}
