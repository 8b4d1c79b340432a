using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>
/// Whose turn it is when there are fewer slots than work: tenants take turns, and within a tenant its lanes. Each turn
/// is one attempt; a lane that can do more is added again and waits for its next turn.
/// </summary>
internal sealed class FairQueue
{
    private readonly Queue<TenantLanes> _turns = new();

    /// <summary>Puts a lane behind the others of its tenant. It must not be in the queue.</summary>
    public void Add(Lane lane)
    {
        if (lane.Tenant.Ready.Count == 0)
            _turns.Enqueue(lane.Tenant);
        lane.Tenant.Ready.Enqueue(lane);
    }

    /// <summary>Takes the next lane that may have a slot; those that may not keep their place for later.</summary>
    public bool TryTake(Func<Lane, bool> mayHaveSlot, [NotNullWhen(true)] out Lane? lane)
    {
        for (var left = _turns.Count; left > 0; left--)
        {
            var tenant = _turns.Dequeue();
            lane = Take(tenant.Ready, mayHaveSlot);
            if (tenant.Ready.Count > 0)
                _turns.Enqueue(tenant);
            if (lane is not null)
                return true;
        }

        lane = null;
        return false;
    }

    private static Lane? Take(Queue<Lane> ready, Func<Lane, bool> mayHaveSlot)
    {
        for (var left = ready.Count; left > 0; left--)
        {
            var lane = ready.Dequeue();
            if (mayHaveSlot(lane))
                return lane;
            ready.Enqueue(lane);
        }

        return null;
    }
}
