namespace Webhooks;

/// <summary>How sending a message ended.</summary>
public enum WebhookSendStatus
{
    /// <summary>Every attempt the retry policy allows has failed.</summary>
    Failed = 0,

    /// <summary>The receiver answered 2xx.</summary>
    Succeeded,

    /// <summary>The receiver asked to stop: 410 Gone, or the <c>webhook-delivery</c> header of a failed
    /// response.</summary>
    Aborted,
}
