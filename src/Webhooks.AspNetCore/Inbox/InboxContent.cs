namespace Webhooks;

/// <summary>What a webhook in the inbox holds. Its headers aren't shown, since they may hold secrets.</summary>
public sealed record InboxContent
{
    /// <summary>The message id, as its handlers are given it; null when there is none.</summary>
    public string? Id { get; init; }

    /// <summary>The event type, as its handlers are given it; null when there is none.</summary>
    public string? EventType { get; init; }

    /// <summary>When the sender signed it; null for schemes that don't say.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The media type of the body; null when there was none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The bytes that were verified. They are the sender's: encode them before showing them in HTML.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The length, never what the sender wrote.</summary>
    public override string ToString() => $"{Body.Length} bytes";
}
