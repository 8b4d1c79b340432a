namespace Webhooks;

/// <summary>How sending a message to an endpoint ended, with every attempt.</summary>
public sealed class WebhookSendResult
{
    private IReadOnlyList<WebhookAttempt>? _attempts;

    internal WebhookSendResult(
        WebhookSendStatus status, MessageId messageId, WebhookAttempt lastAttempt,
        IReadOnlyList<WebhookAttempt>? attempts)
    {
        Status = status;
        MessageId = messageId;
        LastAttempt = lastAttempt;
        _attempts = attempts;
    }

    /// <summary>How it ended.</summary>
    public WebhookSendStatus Status { get; }

    /// <summary>Whether the receiver answered 2xx.</summary>
    public bool Succeeded => Status == WebhookSendStatus.Succeeded;

    /// <summary>The message's id.</summary>
    public MessageId MessageId { get; }

    /// <summary>Every attempt in order, at least one.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts => _attempts ??= [LastAttempt];

    /// <summary>The attempt that decided.</summary>
    public WebhookAttempt LastAttempt { get; }

    /// <summary>
    /// Whether the receiver wants no messages any more (410 Gone, or <c>webhook-delivery: disable</c>): disable the
    /// endpoint and tell its owner.
    /// </summary>
    public bool ShouldDisableEndpoint => LastAttempt.ShouldDisableEndpoint;

    /// <summary>The status and the last attempt, never what the receiver wrote.</summary>
    public override string ToString() => $"{MessageId.Value}: {Status} after {LastAttempt}";
}
