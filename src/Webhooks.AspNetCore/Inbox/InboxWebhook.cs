namespace Webhooks;

/// <summary>A webhook in the inbox, as it stands.</summary>
public sealed record InboxWebhook
{
    /// <summary>What the inbox knows it by, and its logs call it: the same for each copy of the webhook. It isn't the
    /// sender's id, which is in <see cref="InboxContent.Id"/>.</summary>
    public required MessageId InboxId { get; init; }

    /// <summary>The name of the source that it was verified for.</summary>
    public required string Source { get; init; }

    /// <summary>What happened; <c>unknown</c> where the sender gave no event type, or none that is a valid
    /// <see cref="Webhooks.EventType"/>.</summary>
    public required EventType EventType { get; init; }

    /// <summary>Where it stands.</summary>
    public required InboxState State { get; init; }

    /// <summary>When it was stored, by the store's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When its next attempt is due, by the store's clock, while it is pending; null otherwise.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was handled, given up or cancelled, by the store's clock; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>How many attempts to handle it there were, those of redeliveries included.</summary>
    public int Attempts { get; init; }

    /// <summary>The last of them; null before the first.</summary>
    public AttemptRecord? LastAttempt { get; init; }

    /// <summary>The id, the source and the state, never what the sender wrote.</summary>
    public override string ToString() => $"{InboxId.Value} from {Source}: {State}";
}
