namespace Webhooks.Simulation;

/// <summary>
/// Keeps its own account of what was committed to the store and what receivers saw, and checks it against the laws as
/// it goes. It is told of a commit at the moment it happens, whether or not the node ever hears of it.
/// </summary>
internal sealed class Ledger(SimulatedTime time, Totals totals, Trace trace)
{
    private readonly Dictionary<string, TrackedMessage> _messages = [];
    private readonly Dictionary<(long Endpoint, string Tenant, string Key), List<TrackedDelivery>> _orders = [];
    private readonly Dictionary<long, TrackedDelivery> _byId = [];
    private int _sequence;

    private readonly TaskCompletionSource<string> _broken = new();

    public TrackedEndpoints Endpoints { get; } = new();

    /// <summary>Ends when a law is broken. It has to be told so, since the code under test outlives whatever is thrown
    /// at it.</summary>
    public Task<string> Broken => _broken.Task;

    public IReadOnlyDictionary<string, TrackedMessage> Messages => _messages;

    public IEnumerable<TrackedDelivery> Deliveries => _messages.Values.SelectMany(message => message.Deliveries.Values);

    /// <summary>A message was committed, with the endpoints that it goes to.</summary>
    public void OnStored(NewMessage stored)
    {
        var record = stored.Message;
        if (_messages.ContainsKey(record.Id))
            throw Break($"Message {record.Id} was stored twice.");

        var message = new TrackedMessage(record, stored.Delay > TimeSpan.Zero, time.Now);
        _messages.Add(record.Id, message);
        Require(
            stored.Endpoints.Order().SequenceEqual(Endpoints.Wanting(record)),
            () => $"Message {record.Id} should go to {string.Join(", ", Endpoints.Wanting(record))}, not "
                + string.Join(", ", stored.Endpoints));
        foreach (var endpoint in stored.Endpoints)
            Add(message, endpoint, isOrdered: record.OrderingKey is not null);
    }

    public TrackedDelivery Add(TrackedMessage message, long endpointNumber, bool isOrdered)
    {
        var delivery = new TrackedDelivery(++_sequence, message, endpointNumber) { HoldsUp = isOrdered };
        message.Deliveries.Add(endpointNumber, delivery);
        totals.Deliveries++;
        if (!isOrdered)
            return delivery;

        totals.Ordered++;
        var key = (endpointNumber, message.Record.Tenant, message.Record.OrderingKey!);
        if (!_orders.TryGetValue(key, out var order))
            _orders.Add(key, order = []);
        order.Add(delivery);
        return delivery;
    }

    /// <summary>A delivery was committed as held by the process that published it.</summary>
    public void OnLeasedDirectly(Node node, DirectLease lease, LeasedDelivery leased)
    {
        totals.LeasedDirectly++;
        Require(!leased.IsOrdered, () => $"Delivery {leased.Id} was leased with its publication, out of its order.");
        OnClaimed(node, lease.Lease, lease.Duration, leased);
    }

    public void OnClaimed(Node node, long lease, TimeSpan duration, LeasedDelivery leased)
    {
        var delivery = _messages[leased.Message.Id].Deliveries[leased.EndpointNumber];
        _byId[leased.Id] = delivery;
        trace.Note(delivery, "claimed by", node);
        Require(delivery.IsPending, () => $"{delivery} was claimed, but is {delivery.State}.");
        Require(!delivery.IsHeldAt(time.Now), () => $"{delivery} was claimed by {node}, but {delivery.Holder} holds it.");
        Require(Endpoints.IsEnabled(leased.EndpointNumber), () => $"{delivery} was claimed, but its endpoint is not enabled.");
        if (delivery.Holder is not null)
            totals.LeasesLost++;
        delivery.Revoked.Remove(node);
        delivery.Holder = node;
        delivery.Lease = lease;
        delivery.LeasedUntil = time.Now + duration;
        RequireItsTurn(delivery);
    }

    public void OnCompleted(DeliveryOutcome outcome, bool isWritten)
    {
        var delivery = _byId[outcome.Id];
        trace.Note(delivery, isWritten ? "outcome written" : "outcome refused", outcome.State, outcome.Failure);
        Require(
            isWritten == (delivery.Lease == outcome.Lease && outcome.Lease != 0),
            () => $"{delivery}: an outcome was {(isWritten ? "written under a lost lease" : "refused under its lease")}.");
        if (!isWritten)
            return;

        Require(
            outcome.State != DeliveryState.Succeeded || delivery.Accepted > 0,
            () => $"{delivery} is said to have succeeded, but its receiver never accepted it.");
        if (outcome.LeavesOrder && delivery.HoldsUp)
            totals.LeftOrder++;
        delivery.HoldsUp &= outcome.State == DeliveryState.Pending && !outcome.LeavesOrder;
        delivery.State = outcome.State;
        delivery.EndLease();
    }

    public void OnRenewed(LeaseKey key, bool isHeld, TimeSpan duration)
    {
        var delivery = _byId[key.DeliveryId];
        Require(
            isHeld == (delivery.Lease == key.Lease && key.Lease != 0),
            () => $"{delivery}: a lease was {(isHeld ? "renewed that was lost" : "not renewed")}.");
        if (isHeld)
            delivery.LeasedUntil = time.Now + duration;
    }

    public void OnReleased(LeaseKey key)
    {
        var delivery = _byId[key.DeliveryId];
        trace.Note(delivery, delivery.Lease == key.Lease ? "given back" : "given back under a lost lease");
        if (delivery.Lease == key.Lease)
            delivery.EndLease();
    }

    /// <summary>Somebody cancelled, redelivered or replayed it: this is how it stands since.</summary>
    public void OnChangedByHand(DeliveryRecord record)
    {
        var message = _messages[record.MessageId];
        if (!message.Deliveries.TryGetValue(record.EndpointNumber, out var delivery))
            delivery = Add(message, record.EndpointNumber, isOrdered: false);
        _byId[record.Id] = delivery;
        trace.Note(delivery, "by hand", delivery.State, record.State);
        if (record.State != DeliveryState.Pending || !delivery.IsPending)
        {
            delivery.HoldsUp = false;
            delivery.Revoke();
        }
        else if (!delivery.IsHeldAt(time.Now))
        {
            delivery.Revoke();
        }

        delivery.State = record.State;
        delivery.IsRedelivered |= delivery.IsPending;
    }

    public void OnEndpointDeleted(long number)
    {
        foreach (var delivery in Deliveries.Where(one => one.EndpointNumber == number && one.IsPending))
        {
            trace.Note(delivery, "cancelled with its endpoint");
            delivery.State = DeliveryState.Cancelled;
            delivery.HoldsUp = false;
            delivery.Revoke();
        }
    }

    /// <summary>A request arrived.</summary>
    public TrackedDelivery OnAttemptBegun(Node node, string messageId, long endpointNumber, ReadOnlySpan<byte> body)
    {
        if (!_messages.TryGetValue(messageId, out var message)
            || !message.Deliveries.TryGetValue(endpointNumber, out var delivery))
            throw Break($"Message {messageId} was sent to endpoint {endpointNumber}, but never stored.");

        if (!body.SequenceEqual(message.Record.Payload.Span))
            throw Break($"{delivery} came with another payload.");

        delivery.Attempts++;
        totals.Attempts++;
        trace.NoteEssential(delivery, "attempt by", node);
        if (delivery.IsPending && !delivery.Revoked.Contains(node))
        {
            // What was cancelled since it was claimed may still go out once: its holder can't know yet.
            Require(
                delivery.Holder == node && delivery.IsHeldAt(time.Now),
                () => $"{delivery} was attempted by {node} without a lease; {delivery.Holder?.ToString() ?? "nobody"} holds it.");
            RequireItsTurn(delivery);
        }

        Require(!delivery.Attempting.Contains(node), () => $"{delivery} was attempted twice at a time by {node}.");
        delivery.Attempting.Add(node);
        return delivery;
    }

    public void OnAccepted(Node node, TrackedDelivery delivery)
    {
        trace.NoteEssential(delivery, "accepted from", node);
        totals.Accepted++;
        if (delivery.Accepted++ == 0)
            delivery.AcceptedAt = time.Now;
        else
            totals.Duplicates++;
    }

    private void RequireItsTurn(TrackedDelivery delivery)
    {
        if (!delivery.HoldsUp)
            return;

        var record = delivery.Message.Record;
        var order = _orders[(delivery.EndpointNumber, record.Tenant, record.OrderingKey!)];
        order.RemoveAll(static one => !one.IsPending || !one.HoldsUp);
        Require(order[0] == delivery, () => $"{delivery} overtook {order[0]} of the same ordering key.");
    }

    private void Require(bool condition, Func<string> message)
    {
        if (!condition)
            throw Break(message());
    }

    public LawBrokenException Break(string message)
    {
        _broken.TrySetResult(message);
        return new LawBrokenException(message);
    }
}
