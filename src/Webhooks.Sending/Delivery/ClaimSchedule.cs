namespace Webhooks;

/// <summary>
/// When to claim. There must be a reason (a signal, the poll interval, a delivery that became due, a store that had
/// more, a lane that wants more) and room. While the node is busy it is also worth waiting a little: a claim costs
/// nearly the same whether it brings one delivery or hundreds. For one loop; pure but for the clock it is told.
/// </summary>
internal sealed class ClaimSchedule(DispatchClock clock, TimeSpan pollInterval)
{
    /// <summary>A busy node spends at most a fifth of the time in claims that aren't large.</summary>
    private const int RestPerClaim = 4;
    private const int MostDoublings = 20;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(1);

    private bool _isAsked = true;
    private bool _hasMore;
    private long _pollAt;
    private long? _dueAt;
    private long? _retryAt;
    private long _restUntil = long.MinValue;
    private long? _moreAt;
    private int _empty;

    /// <summary>Somebody said that there may be work.</summary>
    public void Ask()
    {
        _isAsked = true;
        _empty = 0;
    }

    /// <summary>This node wrote a retry that becomes due at a moment, which the store may not know to say.</summary>
    public void ExpectAt(long moment) => _retryAt = Min(_retryAt, moment);

    public bool ShouldClaim(in BoardState state, long now)
    {
        if (now >= _retryAt)
            _retryAt = null;
        else if (now < _pollAt && !(now >= _dueAt))
            return Decide(state, now);

        _isAsked = true;
        return Decide(state, now);
    }

    private bool Decide(in BoardState state, long now)
    {
        var hasMore = _hasMore && !(now < _moreAt);
        if (!state.HasRoom || !(_isAsked || hasMore || state.Wanted > 0))
            return false;
        if (state.Held == 0)
            return true;
        if (!state.IsScarce && (hasMore || state.Wanted >= state.MaxHeld / 4))
            return true;

        var runsLow = hasMore && state.Waiting <= state.InFlight;
        return now >= _restUntil && (_isAsked || state.Wanted > 0 || runsLow);
    }

    /// <summary>How long to wait for a signal when it isn't time to claim.</summary>
    public TimeSpan Wait(in BoardState state, long? nextResume, long now)
    {
        // Nothing can be claimed: what makes room wakes the loop. What sits on the room has to be looked at, though.
        if (!state.HasRoom)
            return ClaimPlanner.Patience;

        // What has become a reason to claim isn't waited for any more, only what keeps from claiming: or the loop would
        // go round and round until that is over.
        var next = _isAsked ? nextResume : Min(Min(Min(_pollAt, nextResume), _dueAt), _retryAt);
        if (_hasMore && now < _moreAt)
            next = Min(next, _moreAt);
        if (now < _restUntil && (_isAsked || _hasMore || state.Wanted > 0))
            next = Min(next, _restUntil);
        var wait = next is null ? ClaimPlanner.Patience : clock.Between(now, next.Value);
        return state.IsScarce && wait > ClaimPlanner.Patience ? ClaimPlanner.Patience : Max(wait, TimeSpan.Zero);
    }

    /// <summary>Learns from a claim.</summary>
    public void OnClaimed(ClaimResult result, long startedAt, long endedAt)
    {
        _isAsked = false;
        _hasMore = result.HasMore;
        _empty = result.Deliveries.Count > 0 ? 0 : _empty + 1;
        _pollAt = clock.After(endedAt, pollInterval);
        _restUntil = clock.After(endedAt, clock.Between(startedAt, endedAt) * RestPerClaim);

        // A store that promises work and has none, again and again, is asked less and less often.
        var rest = _empty < 2 ? TimeSpan.Zero : ShortestRest * (1 << Math.Min(_empty, MostDoublings));
        var soonest = clock.After(endedAt, rest < pollInterval ? rest : pollInterval);
        _moreAt = _empty < 2 ? null : soonest;
        _dueAt = result.NextDue is { } due ? Math.Max(clock.After(endedAt, due), soonest) : null;
    }

    private static long? Min(long? one, long? other)
        => one is null || other < one ? other ?? one : one;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
