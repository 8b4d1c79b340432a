namespace Webhooks;

/// <summary>
/// Whose turn it is: the tenants one after the other, and of a tenant its endpoints one after the other, beginning
/// behind those who were served last.
/// </summary>
internal sealed class FairShares
{
    private readonly Queue<Queue<Lane>> _tenants;

    public FairShares(IEnumerable<Lane> lanes, ClaimMemory memory)
    {
        var tenants = lanes
            .GroupBy(static lane => lane.Tenant)
            .OrderBy(tenant => string.CompareOrdinal(tenant.Key, memory.LastTenant) <= 0)
            .ThenBy(static tenant => tenant.Key, StringComparer.Ordinal)
            .Select(tenant => new Queue<Lane>(tenant
                .OrderBy(lane => lane.Endpoint <= memory.LastEndpointOf(tenant.Key))
                .ThenBy(static lane => lane.Endpoint)));
        _tenants = new Queue<Queue<Lane>>(tenants);
    }

    /// <summary>The lane to take from next; null if none has anything.</summary>
    /// <param name="canTake">Whether a lane has something.</param>
    public Lane? Next(Func<Lane, bool> canTake)
    {
        while (_tenants.TryDequeue(out var lanes))
        {
            while (lanes.TryDequeue(out var lane))
            {
                if (!canTake(lane))
                    continue;
                lanes.Enqueue(lane);
                _tenants.Enqueue(lanes);
                return lane;
            }
        }

        return null;
    }
}
