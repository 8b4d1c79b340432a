namespace Webhooks;

/// <summary>Discord's <c>PING</c>, of interactions: type 1, answered with the same.</summary>
internal sealed class DiscordHandshake : WebhookHandshake
{
    private static readonly MessageFields Ping = new() { EventTypeProperty = "type" };

    public override async ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        if (Ping.FindIn(webhook.Body).EventType != "1")
            return false;

        await context.AnswerJsonAsync("{\"type\":1}"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        return true;
    }
}
