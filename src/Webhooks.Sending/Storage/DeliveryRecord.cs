namespace Webhooks;

/// <summary>One message to one endpoint, as it stands in the store.</summary>
public sealed record DeliveryRecord
{
    /// <summary>The delivery's number, growing with time.</summary>
    public required long Id { get; init; }

    /// <summary>The message's number.</summary>
    public required long MessageNumber { get; init; }

    /// <summary>The message's id.</summary>
    public required string MessageId { get; init; }

    /// <summary>What happened.</summary>
    public required string EventType { get; init; }

    /// <summary>Whose message it is; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The endpoint's number.</summary>
    public required long EndpointNumber { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Why it was given up, where it was.</summary>
    public DeliveryFailure Failure { get; init; }

    /// <summary>When it was stored, by the store's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is due, by the store's clock, while it is pending; null otherwise.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it succeeded, failed or was cancelled, by the store's clock; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How many attempts there were.</summary>
    public int Attempts { get; init; }

    /// <summary>The last of them; null before the first.</summary>
    public AttemptRecord? LastAttempt { get; init; }
}
