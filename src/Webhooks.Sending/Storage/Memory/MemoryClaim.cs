namespace Webhooks;

/// <summary>
/// One claim: looks at a bounded number of endpoints and shares what was asked for among them. First tries come before
/// retries; then tenants take turns, and within a tenant its endpoints do.
/// </summary>
internal sealed class MemoryClaim(
    ClaimRequest request, MemoryLanes lanes, MemoryEndpoints endpoints, MemoryClock clock)
{
    // Bounds what a claim costs when there are very many endpoints; the next claim goes on behind them.
    private const int MostLanes = 2000;
    private const int MostLanesWithWork = 64;

    private readonly TimeSpan _now = clock.Elapsed;
    private readonly List<MemoryShare> _shares = [];
    private readonly List<MemoryDelivery> _taken = [];
    private readonly HashSet<long> _messages = [];
    private long _cursor = request.Cursor;
    private long _bytes;
    private TimeSpan? _nextDue;

    public ClaimResult Run()
    {
        lanes.EndLeases();
        var sawAll = LookAround();
        var servedAll = Serve(static share => share.First) && Serve(static share => share.Retries);
        foreach (var delivery in _taken)
            lanes.Hold(delivery, request.Lease, request.LeaseDuration);

        return new ClaimResult
        {
            Deliveries = _taken.ConvertAll(static delivery => delivery.ToLeased()),
            Cursor = _cursor,
            HasMore = !sawAll || !servedAll,
            NextDue = _nextDue - _now,
            EndpointRevision = endpoints.Revision,
        };
    }

    // Says whether every endpoint was looked at.
    private bool LookAround()
    {
        var looked = 0;
        foreach (var (number, lane) in lanes.After(request.Cursor))
        {
            if (looked++ == MostLanes || _shares.Count == MostLanesWithWork)
                return false;

            _cursor = number;
            var limit = request.EndpointLimits.GetValueOrDefault(number, request.DefaultEndpointLimit);
            if (limit > 0 && endpoints.StateOf(number) == EndpointState.Enabled)
                LookAt(number, lane, limit);
        }

        return true;
    }

    private void LookAt(long number, MemoryLane lane, int limit)
    {
        // One more than fits shows that something was left.
        var most = (int)Math.Min(limit, request.MaxCount + 1L);
        var retriesPart = (limit / 2) + (limit % 2 == 1 && request.FavorsRetries ? 1 : 0);
        var retries = DueOf(lane.Retries, Math.Min(retriesPart, most));
        var first = DueOf(lane.First, Math.Min(limit - retries.Count, most));
        if (retries.Count == retriesPart && first.Count < most - retries.Count)
            retries = DueOf(lane.Retries, most - first.Count);
        if (first.Count + retries.Count > 0)
            _shares.Add(new MemoryShare(number, endpoints.TenantOf(number), first, retries));
    }

    private Queue<MemoryDelivery> DueOf(IEnumerable<MemoryDelivery> waiting, int limit)
    {
        var due = new Queue<MemoryDelivery>();
        foreach (var delivery in waiting)
        {
            if (due.Count == limit)
                break;

            if (delivery.Due > _now)
            {
                _nextDue = delivery.Due < _nextDue ? delivery.Due : _nextDue ?? delivery.Due;
                break;
            }

            due.Enqueue(delivery);
        }

        return due;
    }

    // Says whether everything was taken. Where not, the next claim begins with who got nothing, so that everybody has
    // a turn; those who got nothing in what comes later don't count, or they would keep others from theirs.
    private bool Serve(Func<MemoryShare, Queue<MemoryDelivery>> part)
    {
        var served = new HashSet<long>();
        var tenants = new Queue<Queue<MemoryShare>>(_shares
            .Where(share => part(share).Count > 0)
            .GroupBy(static share => share.Tenant, static (_, shares) => new Queue<MemoryShare>(shares)));
        while (tenants.TryDequeue(out var turns))
        {
            var share = turns.Dequeue();
            var waiting = part(share);
            if (!TryTake(waiting.Peek()))
            {
                var next = _shares.Find(other => part(other).Count > 0 && !served.Contains(other.EndpointNumber));
                _cursor = next?.EndpointNumber - 1 ?? _cursor;
                return false;
            }

            waiting.Dequeue();
            served.Add(share.EndpointNumber);
            if (waiting.Count > 0)
                turns.Enqueue(share);
            if (turns.Count > 0)
                tenants.Enqueue(turns);
        }

        return true;
    }

    private bool TryTake(MemoryDelivery delivery)
    {
        var message = delivery.Message.Record;
        var bytes = _messages.Contains(message.Number) ? 0 : message.Payload.Length;
        if (_taken.Count == request.MaxCount || (_taken.Count > 0 && bytes > request.MaxBytes - _bytes))
            return false;

        _taken.Add(delivery);
        _messages.Add(message.Number);
        _bytes += bytes;
        return true;
    }
}
