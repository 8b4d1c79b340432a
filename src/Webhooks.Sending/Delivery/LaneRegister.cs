namespace Webhooks;

/// <summary>
/// The lanes by endpoint. One that does nothing is kept for a while for what it learnt of its endpoint, and then
/// forgotten, sooner when there are many. Guarded by the board's lock.
/// </summary>
internal sealed class LaneRegister(LaneFactory factory, WebhookDeliveryOptions options, DispatchClock clock)
{
    private const int FewLanes = 4096;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, Lane> _lanes = [];
    private readonly Dictionary<string, TenantLanes> _tenants = [];
    private readonly HashSet<Lane> _busy = [];
    private long _sweptAt = clock.Now;
    private int _keptBySweep;

    public int Count => _lanes.Count;

    public int Tenants => _tenants.Count;

    /// <summary>The lanes that a claim has to think of; all others would take what any new lane would.</summary>
    public IReadOnlyCollection<Lane> Busy => _busy;

    /// <summary>What a claim brings at most for an endpoint that nothing is known of.</summary>
    public int UsualRoom => LanePrefetch.Floor(options.EndpointConcurrency);

    public Lane Open(long number, string tenant)
    {
        if (_lanes.TryGetValue(number, out var lane))
            return lane;

        if (!_tenants.TryGetValue(tenant, out var lanes))
            _tenants.Add(tenant, lanes = new TenantLanes(tenant));
        lanes.Lanes++;
        lane = factory.Create(number, lanes);
        _lanes.Add(lane.Number, lane);
        return lane;
    }

    /// <summary>The lane of an endpoint; null where there is none.</summary>
    public Lane? Find(long number) => _lanes.GetValueOrDefault(number);

    public bool Refresh(Lane lane) => factory.Refresh(lane);

    /// <summary>To be called when something about a lane has changed.</summary>
    public void Update(Lane lane)
    {
        lane.UsedAt = clock.Now;
        var isBusy = lane.Load > 0 || lane.MayHaveMore || lane.PausedUntil is not null || lane.Circuit.IsOpen;
        if (isBusy == lane.IsBusy)
            return;

        lane.IsBusy = isBusy;
        if (isBusy)
            _busy.Add(lane);
        else
            _busy.Remove(lane);
    }

    /// <summary>Forgets lanes that do nothing, from time to time.</summary>
    public void Sweep(long now)
    {
        var isMany = _lanes.Count > FewLanes && _lanes.Count > 2 * _keptBySweep;
        if (!isMany && clock.Between(_sweptAt, now) < SweepInterval)
            return;

        _sweptAt = now;
        foreach (var lane in _lanes.Values)
        {
            var isDone = lane is { Load: 0, MayHaveMore: false, PausedUntil: null };
            if (isDone && ((isMany && !lane.Circuit.IsOpen) || clock.Between(lane.UsedAt, now) >= MaxIdle))
                Close(lane);
        }

        _keptBySweep = _lanes.Count;
    }

    private void Close(Lane lane)
    {
        _lanes.Remove(lane.Number);
        _busy.Remove(lane);
        if (--lane.Tenant.Lanes == 0)
            _tenants.Remove(lane.Tenant.Tenant);
    }
}
