namespace Webhooks;

/// <summary>
/// What is pending for one endpoint, in the order in which it is given out. Of an ordering key only the oldest is
/// there; the others stand behind it. What is held isn't there either.
/// </summary>
internal sealed class MemoryLane
{
    private readonly SortedSet<MemoryDelivery> _first = new(MemoryDelivery.ByDue);
    private readonly SortedSet<MemoryDelivery> _retries = new(MemoryDelivery.ByDue);
    private readonly Dictionary<(string Tenant, string Key), Queue<MemoryDelivery>> _orders = [];

    /// <summary>How many are pending, those behind others and those held included.</summary>
    public int Count { get; private set; }

    /// <summary>First tries that nobody holds.</summary>
    public IReadOnlyCollection<MemoryDelivery> First => _first;

    /// <summary>Retries that nobody holds.</summary>
    public IReadOnlyCollection<MemoryDelivery> Retries => _retries;

    /// <summary>The one that has waited longest of all that nobody holds; null if there is none.</summary>
    public MemoryDelivery? Oldest
        => _first.Min is { } first && (_retries.Min is not { } retry || MemoryDelivery.ByDue.Compare(first, retry) < 0)
            ? first
            : _retries.Min;

    /// <summary>All that nobody holds, those behind others included.</summary>
    public IEnumerable<MemoryDelivery> Waiting
        => [.. _first, .. _retries, .. _orders.Values.SelectMany(static order => order.Skip(1).Where(InItsOrder))];

    public void Add(MemoryDelivery delivery)
    {
        Count++;
        if (!delivery.InOrder)
        {
            Enqueue(delivery);
            return;
        }

        var key = KeyOf(delivery);
        if (!_orders.TryGetValue(key, out var order))
        {
            _orders.Add(key, order = new Queue<MemoryDelivery>());
            Enqueue(delivery);
        }

        order.Enqueue(delivery);
    }

    /// <summary>Takes out what is no longer pending; the next in its order moves up.</summary>
    public void Remove(MemoryDelivery delivery)
    {
        Count--;
        Dequeue(delivery);
        LeaveOrder(delivery);
    }

    /// <summary>Lines up what nobody holds any more.</summary>
    public void Enqueue(MemoryDelivery delivery) => (delivery.Tries == 0 ? _first : _retries).Add(delivery);

    /// <summary>Takes out what somebody holds now, or what changes its place; says whether it was there.</summary>
    public bool Dequeue(MemoryDelivery delivery) => _first.Remove(delivery) || _retries.Remove(delivery);

    public void LeaveOrder(MemoryDelivery delivery)
    {
        if (!delivery.InOrder)
            return;

        delivery.InOrder = false;
        var key = KeyOf(delivery);
        var order = _orders[key];
        if (order.Peek() != delivery)
            return; // It stood behind another, and is passed over when its turn comes.

        while (order.TryPeek(out var next) && !InItsOrder(next))
            order.Dequeue();
        if (order.TryPeek(out var head))
            Enqueue(head);
        else
            _orders.Remove(key);
    }

    private static bool InItsOrder(MemoryDelivery delivery) => delivery.InOrder;

    private static (string Tenant, string Key) KeyOf(MemoryDelivery delivery)
        => (delivery.Message.Record.Tenant, delivery.Message.Record.OrderingKey!);
}
