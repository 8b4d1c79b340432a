using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Twitch's <c>webhook_callback_verification</c>: the signed challenge comes back. What isn't signed is
/// answered 403, as Twitch's own receivers do. That a subscription was revoked is for the application, under an event
/// type of its own, or it would be taken for one of the subscription's events.</summary>
internal sealed class TwitchHandshake : WebhookHandshake
{
    private const string MessageType = "Twitch-Eventsub-Message-Type";
    private const string Revocation = "revocation";

    private static readonly MessageFields Challenge = new() { IdProperty = "challenge" };

    internal override string? FindEventType(HttpRequest request) =>
        request.Headers[MessageType] is [Revocation] ? Revocation : null;

    public override async ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        if (context.HttpContext.Request.Headers[MessageType] is not ["webhook_callback_verification"])
            return false;

        var (challenge, _) = Challenge.FindIn(webhook.Body);
        if (HandshakeText.IsLine(challenge))
            await context.AnswerTextAsync(challenge, cancellationToken).ConfigureAwait(false);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return true;
    }

    public override ValueTask<bool> TryAnswerRefusedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        context.Answer(StatusCodes.Status403Forbidden);
        return new(true);
    }
}
