using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>
/// How a provider finds out that an endpoint wants its webhooks: it asks, and the middleware answers in the
/// application's stead. Derive from it for a provider that isn't in <see cref="WebhookProviders"/>.
/// </summary>
/// <remarks>
/// A handshake is immutable and safe for use by many threads at once. An answer that depends on a secret tells whoever
/// asks something that only the secret's holder could know: give it only to what was verified, or to text that can't be
/// taken for a webhook.
/// </remarks>
public abstract class WebhookHandshake
{
    /// <summary>No handshake: for a source whose application answers by itself what its provider asks.</summary>
    public static WebhookHandshake None { get; } = new NoHandshake();

    /// <summary>The methods, beyond the source's own, that the provider asks with. They reach
    /// <see cref="TryAnswerUnverifiedAsync"/> and nothing else.</summary>
    /// <value>The default is none.</value>
    public virtual IReadOnlyList<string> Methods => [];

    /// <summary>Answers a request before anything of it has been verified. The body must be left alone.</summary>
    /// <param name="context">The request, and what the source's options say of handshakes.</param>
    /// <param name="cancellationToken">Cancelled when the sender goes away.</param>
    /// <returns>Whether it was answered; if not, it is treated like any webhook.</returns>
    public virtual ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken) => new(false);

    /// <summary>Answers a request that was verified, before the application sees it.</summary>
    /// <param name="context">The request, and what the source's options say of handshakes.</param>
    /// <param name="webhook">What was verified.</param>
    /// <param name="cancellationToken">Cancelled when the sender goes away.</param>
    /// <returns>Whether it was answered; if not, the application is given it.</returns>
    public virtual ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken) => new(false);

    /// <summary>Answers a request that couldn't be verified and would be answered 401, for providers that try how an
    /// endpoint says no. It must still say no.</summary>
    /// <param name="context">The request, and what the source's options say of handshakes.</param>
    /// <param name="cancellationToken">Cancelled when the sender goes away.</param>
    /// <returns>Whether it was answered; if not, it is answered 401 with problem details.</returns>
    public virtual ValueTask<bool> TryAnswerRefusedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken) => new(false);

    /// <summary>The event type of a message about the subscription itself, which the provider marks otherwise than its
    /// events.</summary>
    internal virtual string? FindEventType(HttpRequest request) => null;

    private sealed class NoHandshake : WebhookHandshake;
}
