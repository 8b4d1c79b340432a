using System.Diagnostics.CodeAnalysis;

namespace Webhooks;

/// <summary>The messages, by number and by id, and their idempotency keys.</summary>
internal sealed class MemoryMessages(MemoryClock clock)
{
    private readonly Dictionary<string, MemoryMessage> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<long, MemoryMessage> _byNumber = [];
    private readonly SortedSet<long> _numbers = [];
    private readonly Dictionary<(string Tenant, string Key), MemoryKey> _keys = [];
    private readonly PriorityQueue<(string Tenant, string Key), DateTimeOffset> _keyEnds = new();
    private long _last;

    public bool TryFind(long number, [NotNullWhen(true)] out MemoryMessage? message)
        => _byNumber.TryGetValue(number, out message);

    /// <summary>Says what the store has already that forbids to store a message; null for nothing.</summary>
    public StoredMessage? FindDuplicate(MessageRecord message)
    {
        if (_byId.TryGetValue(message.Id, out var same))
        {
            var duplicate = same.Record.Tenant == message.Tenant ? MessageDuplicate.SameId : MessageDuplicate.IdTaken;
            return new StoredMessage(message.Id, same.DeliveryCount, duplicate);
        }

        return message.IdempotencyKey is { } text
            && _keys.TryGetValue((message.Tenant, text), out var key) && key.EndsAt > clock.Now
            ? new StoredMessage(key.MessageId, key.DeliveryCount, MessageDuplicate.SameIdempotencyKey)
            : null;
    }

    public MemoryMessage Add(NewMessage message, int deliveryCount)
    {
        // The payload is copied: once it is stored, the caller may do with the bytes as it likes.
        var record = message.Message with
        {
            Number = ++_last,
            CreatedAt = clock.Now,
            Payload = message.Message.Payload.ToArray(),
            Headers = message.Message.Headers.ToArray(),
        };
        var stored = new MemoryMessage(record, deliveryCount);
        _byId.Add(record.Id, stored);
        _byNumber.Add(record.Number, stored);
        _numbers.Add(record.Number);
        if (record.IdempotencyKey is not null)
            AddKey((record.Tenant, record.IdempotencyKey), record.Id, deliveryCount, message.IdempotencyWindow);
        return stored;
    }

    public void Remove(MemoryMessage message)
    {
        _byId.Remove(message.Record.Id);
        _byNumber.Remove(message.Record.Number);
        _numbers.Remove(message.Record.Number);
    }

    /// <summary>Forgets keys whose window is over; says whether there are more of them.</summary>
    public bool PurgeKeys(int most)
    {
        var now = clock.Now;
        for (var count = 0; count < most; count++)
        {
            if (!HasKeyToPurge(now))
                return false;

            var name = _keyEnds.Dequeue();
            if (_keys.TryGetValue(name, out var key) && key.EndsAt <= now)
                _keys.Remove(name);
        }

        return HasKeyToPurge(now);
    }

    public IReadOnlyList<MessageRecord> Find(MessageFilter filter)
    {
        var found = filter.Id is not { } id ? MemoryPage.Of(_numbers, filter.After, filter.OldestFirst)
            : _byId.TryGetValue(id, out var one) ? MemoryPage.Of([one.Record.Number], filter.After, filter.OldestFirst)
            : [];
        return
        [
            .. found.Select(number => _byNumber[number].Record)
                .Where(record => Matches(filter, record))
                .Take(filter.Limit)
                .Select(record => filter.WithPayload ? record : record with { Payload = default }),
        ];
    }

    private void AddKey((string Tenant, string Key) name, string messageId, int deliveryCount, TimeSpan window)
    {
        var key = new MemoryKey(messageId, deliveryCount, clock.DateAfter(window));
        _keys[name] = key;
        _keyEnds.Enqueue(name, key.EndsAt);
    }

    private bool HasKeyToPurge(DateTimeOffset now) => _keyEnds.TryPeek(out _, out var end) && end <= now;

    private static bool Matches(MessageFilter filter, MessageRecord record)
        => (filter.Tenant ?? record.Tenant) == record.Tenant
            && (filter.EventType ?? record.EventType) == record.EventType
            && !(record.CreatedAt < filter.From)
            && !(record.CreatedAt >= filter.Until);
}
