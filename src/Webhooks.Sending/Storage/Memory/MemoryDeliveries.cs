using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>Every delivery there is, done ones in the order in which they may be forgotten.</summary>
internal sealed class MemoryDeliveries(MemoryMessages messages, MemoryClock clock)
{
    private readonly Dictionary<long, MemoryDelivery> _byId = [];
    private readonly SortedSet<long> _ids = [];
    private readonly SortedSet<MemoryDelivery> _failed = new(MemoryDelivery.ByCompletion);
    private readonly SortedSet<MemoryDelivery> _succeeded = new(MemoryDelivery.ByCompletion);
    private readonly SortedSet<(DateTimeOffset CreatedAt, long Number)> _unwanted = [];
    private long _last;

    public bool TryFind(long id, [NotNullWhen(true)] out MemoryDelivery? delivery)
        => _byId.TryGetValue(id, out delivery);

    public MemoryDelivery Create(MemoryMessage message, long endpointNumber)
    {
        var delivery = new MemoryDelivery(++_last, message, endpointNumber, clock.Now);
        _byId.Add(delivery.Id, delivery);
        _ids.Add(delivery.Id);
        message.Deliveries.Add(delivery);
        _unwanted.Remove((message.Record.CreatedAt, message.Record.Number));
        return delivery;
    }

    public void NoteUnwanted(MemoryMessage message)
        => _unwanted.Add((message.Record.CreatedAt, message.Record.Number));

    public void Finish(MemoryDelivery delivery, DeliveryState state, DeliveryFailure failure)
    {
        delivery.Finish(state, failure, clock.Now);
        History(state).Add(delivery);
    }

    public void Reopen(MemoryDelivery delivery) => History(delivery.State).Remove(delivery);

    public PurgeResult Purge(RetentionLimits limits)
    {
        var (deliveries, orphans) = (0, 0);
        deliveries += Purge(_succeeded, limits.Succeeded, limits.BatchSize, ref orphans);
        deliveries += Purge(_failed, limits.Failed, limits.BatchSize - deliveries, ref orphans);
        var unwanted = PurgeUnwanted(clock.Before(limits.Succeeded), limits.BatchSize - orphans);
        var keysLeft = messages.PurgeKeys(limits.BatchSize);
        var isFull = deliveries == limits.BatchSize || orphans + unwanted == limits.BatchSize;
        return new PurgeResult(deliveries, orphans + unwanted, keysLeft || isFull);
    }

    public IReadOnlyList<DeliveryRecord> Find(DeliveryFilter filter)
    {
        var ids = filter.MessageNumber is not { } number ? _ids
            : messages.TryFind(number, out var message) ? [.. message.Deliveries.Select(static one => one.Id)]
            : [];
        return
        [
            .. MemoryPage.Of(ids, filter.After, filter.OldestFirst)
                .Select(id => _byId[id])
                .Where(delivery => Matches(filter, delivery))
                .Take(filter.Limit)
                .Select(delivery => delivery.ToRecord(clock)),
        ];
    }

    private SortedSet<MemoryDelivery> History(DeliveryState state)
        => state == DeliveryState.Failed ? _failed : _succeeded;

    private int Purge(SortedSet<MemoryDelivery> history, TimeSpan age, int most, ref int orphans)
    {
        var before = clock.Before(age);
        var count = 0;
        while (count < most && history.Min is { } delivery && delivery.CompletedAt < before)
        {
            history.Remove(delivery);
            _byId.Remove(delivery.Id);
            _ids.Remove(delivery.Id);
            delivery.Message.Deliveries.Remove(delivery);
            count++;
            if (delivery.Message.Deliveries.Count > 0)
                continue;

            messages.Remove(delivery.Message);
            orphans++;
        }

        return count;
    }

    private int PurgeUnwanted(DateTimeOffset before, int most)
    {
        var count = 0;
        while (count < most && _unwanted.Count > 0 && _unwanted.Min is var oldest && oldest.CreatedAt < before)
        {
            _unwanted.Remove(oldest);
            if (messages.TryFind(oldest.Number, out var message))
                messages.Remove(message);
            count++;
        }

        return count;
    }

    private static bool Matches(DeliveryFilter filter, MemoryDelivery delivery)
        => (filter.EndpointNumber ?? delivery.EndpointNumber) == delivery.EndpointNumber
            && (filter.State ?? delivery.State) == delivery.State
            && (filter.Tenant ?? delivery.Message.Record.Tenant) == delivery.Message.Record.Tenant
            && (filter.EventType ?? delivery.Message.Record.EventType) == delivery.Message.Record.EventType
            && !(delivery.CreatedAt < filter.From)
            && !(delivery.CreatedAt >= filter.Until);
}
