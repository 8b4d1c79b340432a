namespace Webhooks;

/// <summary>A message as it is kept. Its headers aren't shown, since they may hold secrets.</summary>
public sealed record PublishedMessage
{
    /// <summary>The message's id.</summary>
    public required MessageId Id { get; init; }

    /// <summary>What happened.</summary>
    public required EventType EventType { get; init; }

    /// <summary>Whose message it is; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>When it happened, as the application says.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was stored, by the store's clock.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When it is no longer worth delivering; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The media type of the payload.</summary>
    public required string ContentType { get; init; }

    /// <summary>The bytes of the body; null when they weren't asked for.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>The key whose messages reach each endpoint in their order; null for no order.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>The key under which it was published; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The id and event type, never the payload.</summary>
    public override string ToString() => $"{Id.Value} ({EventType.Value})";
}
