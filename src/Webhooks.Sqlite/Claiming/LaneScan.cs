namespace Webhooks;

/// <summary>Goes over the endpoints with pending deliveries, from the claim's cursor on and around, and finds those that
/// have something due.</summary>
internal sealed class LaneScan(WriteTransaction transaction, ClaimRequest request, ClaimClock clock, int firstRead)
{
    private const int FewestLanes = 64;
    private const int MostLanes = 512;

    // No fewer than that, so that first tries and tenants are weighed over many endpoints; and as many as the claim has
    // room for, so that a message to a thousand endpoints takes few claims.
    private readonly int _mostLanes = Math.Clamp(request.MaxCount, FewestLanes, MostLanes);
    private readonly List<Lane> _lanes = [];
    private readonly List<Lane> _idle = [];
    private readonly List<long> _parked = [];

    /// <summary>The lanes with something to take.</summary>
    public List<Lane> Lanes => _lanes;

    /// <summary>The last endpoint that was looked at.</summary>
    public long Cursor { get; private set; } = request.Cursor;

    /// <summary>Whether all endpoints were looked at.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>When the next delivery is due of the endpoints that weren't worth looking at.</summary>
    public long NextDue { get; private set; } = StoreTime.Never;

    public void Run()
    {
        IsComplete = Scan(request.Cursor, long.MaxValue) && Scan(long.MinValue, request.Cursor);
        foreach (var endpoint in _parked)
            transaction.Lanes.Raise(endpoint, StoreTime.Never, StoreTime.Never);
        foreach (var lane in _idle)
            Note(lane);
    }

    /// <summary>Writes down when to look at a lane again, once nothing is left to take from it.</summary>
    public void Note(Lane lane)
    {
        NextDue = Math.Min(NextDue, lane.NextDue);
        var lookAt = Math.Min(lane.NextDue, lane.FirstLeaseEnd);
        if (lookAt == StoreTime.Never)
            transaction.Lanes.Remove(lane.Endpoint);
        else
            transaction.Lanes.Raise(lane.Endpoint, lookAt, lane.NextDue);
    }

    // False if it stopped before the end.
    private bool Scan(long after, long upTo)
    {
        var rows = clock.Connection.Prepare(ClaimSql.Lanes).Bind(1, after).Bind(2, upTo);
        while (rows.Step())
        {
            if (_lanes.Count == _mostLanes)
            {
                rows.Reset();
                return false;
            }

            Cursor = rows.Long(0);
            Look(Cursor, rows.Long(1), rows.Long(2));
        }

        return true;
    }

    private void Look(long endpoint, long lookAt, long nextDue)
    {
        var limit = request.EndpointLimits.TryGetValue(endpoint, out var own) ? own : request.DefaultEndpointLimit;
        if (limit <= 0 || lookAt == StoreTime.Never)
            return;
        if (transaction.Endpoints.Find(endpoint) is not { State: EndpointState.Enabled } note)
        {
            // Enabling the endpoint brings its lane back.
            _parked.Add(endpoint);
            return;
        }

        if (lookAt > clock.Now)
        {
            NextDue = Math.Min(NextDue, nextDue);
            return;
        }

        var retriesPart = (limit / 2) + (limit % 2 == 1 && request.FavorsRetries ? 1 : 0);
        var lane = new Lane(endpoint, note.Tenant, limit, retriesPart, firstRead);
        var hasDue = lane.CanTake(isRetry: false, clock) || lane.CanTake(isRetry: true, clock);
        (hasDue ? _lanes : _idle).Add(lane);
    }
}
