namespace Webhooks;

/// <summary>Takes the deliveries of one claim or publication into the lanes. Guarded by the board's lock.</summary>
internal sealed class ClaimIntake(HeldSet held, LaneSet lanes, List<LeaseKey> toRelease)
{
    private List<HeldDelivery>? _expired;

    private readonly Dictionary<MessageRecord, HeldMessage> _messages = new(ReferenceEqualityComparer.Instance);

    public required long Lease { get; init; }

    public required long LeaseEndsAt { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>What is no longer worth an attempt, or a slot, or a permit of its endpoint's rate.</summary>
    public IReadOnlyList<HeldDelivery> Expired => _expired ?? [];

    /// <summary>Takes a delivery. Returns its lane; null where the node takes no more.</summary>
    public Lane? Take(LeasedDelivery delivery, long now, bool isStopping)
    {
        if (isStopping)
        {
            toRelease.Add(new LeaseKey(delivery.Id, Lease));
            return null;
        }

        var lane = lanes.Register.Open(delivery.EndpointNumber, delivery.Message.Tenant);
        if (held.TryFind(delivery.Id, out var known) && TryAdopt(known, delivery, now))
            return lane;

        // Where the lane had to pause, that was after this was asked for.
        if (!lanes.Register.Refresh(lane) || lane.Circuit.RemainingPause is not null || lanes.IsResting(lane, now))
        {
            toRelease.Add(new LeaseKey(delivery.Id, Lease));
            lanes.Register.Update(lane);
            return lane;
        }

        Hold(delivery, lane, now);
        return lane;
    }

    private void Hold(LeasedDelivery delivery, Lane lane, long now)
    {
        var run = new HeldDelivery(delivery, Share(delivery.Message), lane)
        {
            Lease = Lease,
            LeaseEndsAt = LeaseEndsAt,
        };
        held.Add(run);
        if (delivery.Message.ExpiresAt <= Time)
            Expire(run);
        else
            lanes.Enqueue(run, now);
    }

    private void Expire(HeldDelivery run)
    {
        run.State = HeldState.Done;
        (_expired ??= []).Add(run);
        lanes.Register.Update(run.Lane);
    }

    /// <summary>
    /// A lease of this node's ran out, and the node itself claims the delivery again. It isn't attempted twice at a
    /// time: whatever still waits, runs or is to be written goes on under the new lease.
    /// </summary>
    private bool TryAdopt(HeldDelivery known, LeasedDelivery delivery, long now)
    {
        if (known.State == HeldState.Done && delivery.Attempts != known.Delivery.Attempts)
        {
            // The outcome is written, and it is a new attempt that is due. (Or another node made one: then what this
            // one has to write is refused.)
            held.Remove(known);
            return false;
        }

        if (known.State != HeldState.Done)
            known.Delivery = delivery;
        known.Lease = Lease;
        known.LeaseEndsAt = LeaseEndsAt;
        known.IsLost = false;
        lanes.OnRenewed(known.Lane, now);
        return true;
    }

    private HeldMessage Share(MessageRecord record)
    {
        if (!_messages.TryGetValue(record, out var message))
            _messages.Add(record, message = new HeldMessage(record));
        return message;
    }
}
