namespace Webhooks;

/// <summary>One message to one endpoint, as it stands.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The message's id.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>What happened.</summary>
    public required EventType EventType { get; init; }

    /// <summary>Whose message it is; empty for none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The endpoint's id; null when the endpoint was deleted and is no longer known by its id.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Why it was given up, where it was.</summary>
    public DeliveryFailure Failure { get; init; }

    /// <summary>When it was stored, by the store's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its next attempt is due, by the store's clock, while it is pending; null otherwise.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it succeeded, failed or was cancelled, by the store's clock; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How many attempts there were, those of redeliveries included.</summary>
    public int Attempts { get; init; }

    /// <summary>The last of them; null before the first.</summary>
    public AttemptRecord? LastAttempt { get; init; }

    /// <summary>The message, the endpoint and the state, never what the receiver wrote.</summary>
    public override string ToString() => $"{MessageId.Value} to {EndpointId}: {State}";
}
