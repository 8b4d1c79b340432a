namespace Webhooks;

/// <summary>Carries the error kind of a step before the request out of it. Its message is shown to users.</summary>
internal sealed class AttemptException(WebhookErrorKind kind, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public WebhookErrorKind Kind { get; } = kind;
}
