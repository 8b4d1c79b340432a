namespace Webhooks;

/// <summary>What a message may have to wait for: its ordering key, or its idempotency key.</summary>
internal readonly record struct PublishKey(string Tenant, string Text, bool IsOrdering)
{
    /// <summary>The keys of messages, each once.</summary>
    public static IReadOnlyCollection<PublishKey> Of(IReadOnlyList<MessageRecord> messages)
    {
        HashSet<PublishKey>? keys = null;
        foreach (var message in messages)
        {
            if (message.OrderingKey is { } order)
                (keys ??= []).Add(new PublishKey(message.Tenant, order, IsOrdering: true));
            if (message.IdempotencyKey is { } text)
                (keys ??= []).Add(new PublishKey(message.Tenant, text, IsOrdering: false));
        }

        return keys is null ? [] : keys;
    }

    /// <summary>As an exception names it, to whoever gave it.</summary>
    public override string ToString() => $"{(IsOrdering ? "ordering" : "idempotency")} key '{Text}'";
}
