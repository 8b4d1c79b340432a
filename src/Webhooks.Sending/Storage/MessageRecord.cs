namespace Webhooks;

/// <summary>What a store keeps of a message.</summary>
public sealed record MessageRecord
{
    /// <summary>The store's own number for the message, growing with time; set by the store.</summary>
    public long Number { get; init; }

    /// <summary>The message's id, unique in the store.</summary>
    public required string Id { get; init; }

    /// <summary>Whose message it is; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>What happened.</summary>
    public required string EventType { get; init; }

    /// <summary>When it happened, as the application says.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was stored, by the store's clock; set by the store.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is no longer worth delivering, by the application's clock; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The media type of the payload.</summary>
    public required string ContentType { get; init; }

    /// <summary>The body's bytes. Stores may leave them out where a method says so.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The message's own headers as bytes that only the library reads; empty for none.</summary>
    public ReadOnlyMemory<byte> Headers { get; init; }

    /// <summary>Messages of one key reach an endpoint in the order they were stored; null for no order.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>The key under which the message was published; null for none.</summary>
    public string? IdempotencyKey { get; init; }
}
