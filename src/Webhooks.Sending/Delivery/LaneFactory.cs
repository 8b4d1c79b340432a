namespace Webhooks;

/// <summary>Makes what a lane is made of, and fits it to its endpoint.</summary>
internal sealed class LaneFactory(
    EndpointDirectory directory, WebhookDeliveryOptions options, TimeProvider timeProvider, Random random)
{
    private readonly DispatchClock _clock = new(timeProvider);

    public Lane Create(long number, TenantLanes tenant)
    {
        // A single lane never takes more than half of the node's room, so that the next claim has room for others.
        var prefetch = new LanePrefetch(Math.Max(options.MaxLeased / 2, 1), _clock);
        var lane = new Lane(number, tenant, prefetch, CreateCircuit()) { Concurrency = options.EndpointConcurrency };
        Refresh(lane);
        return lane;
    }

    /// <summary>Has a lane follow its endpoint; false when the endpoint gets nothing now.</summary>
    public bool Refresh(Lane lane)
    {
        directory.Current.TryFind(lane.Number, out var entry);
        if (!ReferenceEquals(entry, lane.Entry))
            Use(lane, entry);
        return entry is { Record.State: EndpointState.Enabled };
    }

    // Whoever changes an endpoint may have mended it, so what was learnt of the old one counts no more.
    private void Use(Lane lane, EndpointEntry? entry)
    {
        if (lane.Entry is not null)
        {
            lane.Circuit = CreateCircuit();
            lane.Standing = LaneStanding.New;
            lane.PausedUntil = null;
        }

        var before = RateLimitOf(lane.Entry);
        lane.Entry = entry;
        lane.Concurrency = Read(entry)?.MaxConcurrency ?? options.EndpointConcurrency;
        if (RateLimitOf(entry) is var limit && limit != before)
            lane.Limiter = limit is null ? null : new EndpointRateLimiter(limit.Value, timeProvider);
    }

    private EndpointCircuit CreateCircuit() => new(options, timeProvider, random);

    private static EndpointRateLimit? RateLimitOf(EndpointEntry? entry) => Read(entry)?.RateLimit;

    // One that can't be read fails each attempt, which the attempt itself says.
    private static WebhookEndpoint? Read(EndpointEntry? entry)
    {
        try
        {
            return entry?.Endpoint;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
