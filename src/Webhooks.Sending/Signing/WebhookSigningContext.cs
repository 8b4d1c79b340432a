namespace Webhooks;

/// <summary>What an <see cref="IWebhookSigner"/> signs.</summary>
public readonly struct WebhookSigningContext
{
    internal WebhookSigningContext(
        WebhookMessage message, WebhookEndpoint endpoint, int attemptNumber, DateTimeOffset timestamp,
        ISignatureHeaderWriter headers)
    {
        Message = message;
        Endpoint = endpoint;
        AttemptNumber = attemptNumber;
        Timestamp = timestamp;
        Headers = headers;
    }

    /// <summary>The message; its payload is what will be sent, byte for byte.</summary>
    public WebhookMessage Message { get; }

    /// <summary>Where it goes, with the schemes and secrets to sign with.</summary>
    public WebhookEndpoint Endpoint { get; }

    /// <summary>The first attempt is 1.</summary>
    public int AttemptNumber { get; }

    /// <summary>The time of the attempt, which is the time to sign.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Where to write headers. A header that the endpoint or message has already set is refused.</summary>
    public ISignatureHeaderWriter Headers { get; }
}
