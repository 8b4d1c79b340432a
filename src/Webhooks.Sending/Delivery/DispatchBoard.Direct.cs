namespace Webhooks;

/// <content>What is leased with its publication.</content>
internal sealed partial class DispatchBoard
{
    /// <summary>The part of the node's room that is left for claims, so that what has waited in the store isn't kept
    /// waiting by what is new. It need only do for one claim to find out that there is more: then nothing new is taken
    /// until the store has no more.</summary>
    private const int ShareForClaims = 64;

    private bool _hasBacklog = true;
    private int _reserved;
    private long _reservedBytes;

    // The claim under way. One that failed is made again, so its room is kept until one was answered.
    private ClaimPlan? _claim;

    private int RoomForClaims
        => Math.Max((options.MaxLeased + ShareForClaims - 1) / ShareForClaims, _claim?.MaxCount ?? 0);

    private long BytesForClaims => Math.Max(options.MaxLeasedBytes / ShareForClaims, _claim?.MaxBytes ?? 0);

    private bool TakesMore => _held.Count + _reserved < options.MaxLeased - RoomForClaims;

    /// <summary>Keeps room for what of a publication would be attempted at once. Returns the endpoints of each message,
    /// those first that take it; null where none does.</summary>
    public DirectChoice?[] Reserve(IReadOnlyList<NewMessage> messages, DirectReservation reservation)
    {
        var choices = new DirectChoice?[messages.Count];
        lock (_lock)
        {
            if (_isStopping || _hasBacklog)
                return choices;

            for (var i = 0; i < choices.Length && TakesMore; i++)
                choices[i] = Reserve(messages[i], reservation);
        }

        return choices;
    }

    /// <summary>Takes what was stored as held. Returns what has expired meanwhile, its outcome to be written.</summary>
    public IReadOnlyList<HeldDelivery> Take(DirectReservation reservation, IReadOnlyList<LeasedDelivery> leased)
    {
        bool wake;
        IReadOnlyList<HeldDelivery> expired;
        lock (_lock)
        {
            Unreserve(reservation);
            var intake = new ClaimIntake(_held, _lanes, _toRelease)
            {
                Lease = reservation.Lease,
                LeaseEndsAt = reservation.LeaseEndsAt,
                Time = clock.Time,
            };
            foreach (var delivery in leased)
            {
                // One that this node holds already was claimed since the lease ran out.
                if (!_held.TryFind(delivery.Id, out _))
                    intake.Take(delivery, clock.Now, _isStopping);
            }

            expired = intake.Expired;
            wake = Settle() || _toRelease.Count > 0;
            SignalIdle();
        }

        if (wake)
            signal.Wake();
        return expired;
    }

    /// <summary>Lets the room go that was kept.</summary>
    public void GiveUp(DirectReservation reservation)
    {
        lock (_lock)
        {
            Unreserve(reservation);
            SignalIdle();
        }
    }

    private DirectChoice? Reserve(NewMessage message, DirectReservation reservation)
    {
        var record = message.Message;
        if (record.OrderingKey is not null || message.Delay > TimeSpan.Zero || record.ExpiresAt <= clock.Time
            || _held.Bytes + _reservedBytes + record.Payload.Length > options.MaxLeasedBytes - BytesForClaims)
            return null;

        var choice = new DirectChoice(message.Endpoints);
        for (var i = 0; i < message.Endpoints.Count && TakesMore; i++)
        {
            var lane = _lanes.Register.Open(message.Endpoints[i], record.Tenant);
            if (!_lanes.Register.Refresh(lane) || !lane.IsFree)
                continue;

            lane.Reserved++;
            _reserved++;
            _lanes.Register.Update(lane);
            reservation.Lanes.Add(lane);
            choice.Take(i);
        }

        if (choice.Count == 0)
            return null;

        _reservedBytes += record.Payload.Length;
        reservation.Bytes += record.Payload.Length;
        return choice;
    }

    private void Unreserve(DirectReservation reservation)
    {
        foreach (var lane in reservation.Lanes)
        {
            lane.Reserved--;
            _lanes.Register.Update(lane);
        }

        _reserved -= reservation.Lanes.Count;
        _reservedBytes -= reservation.Bytes;
        reservation.Lanes.Clear();
        reservation.Bytes = 0;
    }
}
