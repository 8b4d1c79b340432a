using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>A signed request that names itself a challenge, whose property <c>challenge</c> has to come back as text
/// (Slack's <c>url_verification</c>).</summary>
internal sealed class VerifiedEchoHandshake(string typeProperty, string type) : WebhookHandshake
{
    private readonly MessageFields _fields = new() { IdProperty = "challenge", EventTypeProperty = typeProperty };

    public override async ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        var (challenge, found) = _fields.FindIn(webhook.Body);
        if (found != type)
            return false;

        if (HandshakeText.IsLine(challenge))
            await context.AnswerTextAsync(challenge, cancellationToken).ConfigureAwait(false);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return true;
    }
}
