namespace Webhooks;

/// <summary>Leases due deliveries within a transaction.</summary>
internal sealed class Claimer
{
    private readonly WriteTransaction _transaction;
    private readonly ClaimRequest _request;
    private readonly ClaimMemory _memory;
    private readonly ClaimClock _clock;
    private readonly LaneScan _scan;
    private readonly long _leaseEnd;
    private readonly Dictionary<long, MessageRecord> _messages = [];
    private readonly List<LeasedDelivery> _taken = [];
    private long _bytes;
    private bool _isCut;

    private Claimer(WriteTransaction transaction, ClaimRequest request, ClaimMemory memory)
    {
        _transaction = transaction;
        _request = request;
        _memory = memory;
        _clock = new ClaimClock(transaction.Connection, transaction.Now);
        _leaseEnd = StoreTime.Add(_clock.Now, request.LeaseDuration);
        _scan = new LaneScan(transaction, request, _clock, Math.Max(1, request.MaxCount / memory.Lanes));
    }

    public static ClaimResult Claim(WriteTransaction transaction, ClaimRequest request, ClaimMemory memory)
        => new Claimer(transaction, request, memory).Claim();

    private ClaimResult Claim()
    {
        _scan.Run();
        _memory.Lanes = Math.Max(1, _scan.Lanes.Count);
        Share(isRetry: false);
        if (!_isCut)
            Share(isRetry: true);
        foreach (var lane in _scan.Lanes.Where(static lane => lane.IsExhausted))
            _scan.Note(lane);

        var hasMore = !_scan.IsComplete || _isCut;
        return new ClaimResult
        {
            Deliveries = _taken,
            Cursor = _scan.IsComplete || _memory.PassedOver == 0 ? _scan.Cursor : _memory.PassedOver - 1,
            HasMore = hasMore,
            NextDue = hasMore || _scan.NextDue == StoreTime.Never
                ? null
                : TimeSpan.FromTicks(Math.Max(0, _scan.NextDue - _clock.Now)),
            EndpointRevision = _transaction.EndpointRevision,
        };
    }

    private void Share(bool isRetry)
    {
        _isCut = !TryServePassedOver(isRetry) || !TryShare(isRetry);
        _memory.PassedOver = _isCut
            ? _scan.Lanes.Find(lane => lane.Taken == 0 && lane.CanTake(isRetry, _clock))?.Endpoint ?? 0
            : 0;
    }

    private bool TryShare(bool isRetry)
    {
        var shares = new FairShares(_scan.Lanes, _memory);
        while (shares.Next(lane => lane.CanTake(isRetry, _clock)) is { } lane)
        {
            if (!TryTake(lane, isRetry))
                return false;
        }

        return true;
    }

    // Where there are more busy endpoints than a claim looks at, the next claim begins with the first one that had no
    // turn. It then goes first, whosever turn it is: otherwise it might be passed over for ever.
    private bool TryServePassedOver(bool isRetry)
    {
        var first = _scan.Lanes.FirstOrDefault();
        return _scan.IsComplete || first is null || first.Endpoint != _memory.PassedOver
               || !first.CanTake(isRetry, _clock) || TryTake(first, isRetry);
    }

    // False if the claim has no room for it.
    private bool TryTake(Lane lane, bool isRetry)
    {
        if (_taken.Count >= _request.MaxCount)
            return false;
        var candidate = lane.Peek(isRetry);
        if (!_messages.TryGetValue(candidate.Message, out var message))
        {
            message = MessageColumns.Find(_clock.Connection, candidate.Message);
            if (_taken.Count > 0 && _bytes + message.Payload.Length > _request.MaxBytes)
                return false;
            _bytes += message.Payload.Length;
            _messages.Add(candidate.Message, message);
        }

        lane.Take(isRetry, _leaseEnd);
        _clock.Connection.Prepare(ClaimSql.Lease)
            .Bind(1, candidate.Id)
            .Bind(2, _request.Lease)
            .Bind(3, _leaseEnd)
            .Run();
        _memory.Note(lane.Tenant, lane.Endpoint);
        _taken.Add(ToDelivery(candidate, lane.Endpoint, message));
        return true;
    }

    private static LeasedDelivery ToDelivery(Candidate candidate, long endpoint, MessageRecord message) => new()
    {
        Id = candidate.Id,
        EndpointNumber = endpoint,
        Message = message,
        Attempts = candidate.Attempts,
        Tries = candidate.Tries,
        FirstTryAt = StoreTime.To(candidate.FirstTryAt),
        Trigger = candidate.Trigger,
        IsOrdered = candidate.IsOrdered,
    };
}
