namespace Webhooks;

/// <summary>How one request ended; <see cref="WebhookAttempt"/> adds when and how long.</summary>
internal readonly record struct AttemptOutcome(WebhookErrorKind Error)
{
    public int StatusCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Whether the same request can only ever fail, so that trying again makes no sense.</summary>
    public bool IsFinal { get; init; }

    public string? ResponseSnippet { get; init; }

    public string? RedirectTarget { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public DeliveryDirective Directive { get; init; }
}
