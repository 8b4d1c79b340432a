using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Discord's <c>PING</c>, of webhook events: type 0, answered 204.</summary>
internal sealed class DiscordEventsHandshake : WebhookHandshake
{
    private static readonly MessageFields Ping = new() { EventTypeProperty = "type" };

    public override ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        if (Ping.FindIn(webhook.Body).EventType != "0")
            return new(false);

        context.Answer(StatusCodes.Status204NoContent);
        return new(true);
    }
}
