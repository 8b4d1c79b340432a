using System.Runtime.InteropServices;

namespace Webhooks;

/// <summary>What is pending, by endpoint, and what is held.</summary>
internal sealed class MemoryLanes(MemoryClock clock)
{
    private readonly Dictionary<long, MemoryLane> _lanes = [];
    private readonly SortedSet<long> _numbers = [];
    private readonly SortedSet<MemoryDelivery> _held = new(MemoryDelivery.ByLease);

    public long Count { get; private set; }

    public int LaneCount => _numbers.Count;

    public IEnumerable<KeyValuePair<long, MemoryLane>> All => _lanes;

    /// <summary>Endpoints with something pending: first those after a number, then the others.</summary>
    public IEnumerable<KeyValuePair<long, MemoryLane>> After(long cursor)
    {
        if (_numbers.Count == 0)
            return [];

        var after = cursor < long.MaxValue ? _numbers.GetViewBetween(cursor + 1, long.MaxValue) : [];
        var others = cursor > long.MinValue ? _numbers.GetViewBetween(long.MinValue, cursor) : [];
        return after.Concat(others).Select(number => KeyValuePair.Create(number, _lanes[number]));
    }

    public void Add(MemoryDelivery delivery)
    {
        ref var lane = ref CollectionsMarshal.GetValueRefOrAddDefault(_lanes, delivery.EndpointNumber, out var known);
        if (!known)
        {
            lane = new MemoryLane();
            _numbers.Add(delivery.EndpointNumber);
        }

        lane!.Add(delivery);
        Count++;
    }

    /// <summary>Takes out what is done now.</summary>
    public void Remove(MemoryDelivery delivery)
    {
        var lane = _lanes[delivery.EndpointNumber];
        _held.Remove(delivery);
        lane.Remove(delivery);
        Count--;
        if (lane.Count > 0)
            return;

        _lanes.Remove(delivery.EndpointNumber);
        _numbers.Remove(delivery.EndpointNumber);
    }

    /// <summary>Whether somebody holds it whose time hasn't run out.</summary>
    public bool IsHeld(MemoryDelivery delivery) => _held.Contains(delivery) && delivery.LeasedUntil > clock.Elapsed;

    /// <summary>Leases it, or makes its lease last longer.</summary>
    public void Hold(MemoryDelivery delivery, long lease, TimeSpan duration)
    {
        if (!_held.Remove(delivery))
            _lanes[delivery.EndpointNumber].Dequeue(delivery);
        delivery.Lease = lease;
        delivery.LeasedUntil = clock.After(duration);
        _held.Add(delivery);
    }

    /// <summary>Lets anybody have it again, after a change to it, if there is one.</summary>
    public void Free(MemoryDelivery delivery, Action<MemoryDelivery>? change = null)
    {
        var lane = _lanes[delivery.EndpointNumber];
        // What stands behind another of its ordering key is in neither place, and stays there.
        var hasTurn = _held.Remove(delivery) || lane.Dequeue(delivery);
        delivery.Lease = null;
        change?.Invoke(delivery);
        if (hasTurn)
            lane.Enqueue(delivery);
    }

    /// <summary>Gives its place in the order up: those behind it wait no longer.</summary>
    public void LeaveOrder(MemoryDelivery delivery) => _lanes[delivery.EndpointNumber].LeaveOrder(delivery);

    /// <summary>Lets anybody have what is held by leases that have ended. Their holders may still write, until somebody
    /// else claims it.</summary>
    public void EndLeases()
    {
        var now = clock.Elapsed;
        while (_held.Min is { } delivery && delivery.LeasedUntil <= now)
        {
            _held.Remove(delivery);
            _lanes[delivery.EndpointNumber].Enqueue(delivery);
        }
    }

    /// <summary>Everything pending of an endpoint.</summary>
    public IReadOnlyList<MemoryDelivery> Of(long endpointNumber)
        => _lanes.TryGetValue(endpointNumber, out var lane)
            ? [.. lane.Waiting, .. _held.Where(delivery => delivery.EndpointNumber == endpointNumber)]
            : [];
}
