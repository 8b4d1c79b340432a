using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>
/// Zoom's <c>endpoint.url_validation</c>: an HMAC of <c>plainToken</c> by the secret that signs the events too. It is
/// therefore made only for requests that Zoom signed, and only of what can't be taken for the signed content of an
/// event.
/// </summary>
internal sealed class ZoomHandshake : WebhookHandshake
{
    private static readonly MessageFields Validation = new()
    {
        IdProperty = "/payload/plainToken",
        EventTypeProperty = "event",
    };

    public override async ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        var (token, eventType) = Validation.FindIn(webhook.Body);
        if (eventType != "endpoint.url_validation")
            return false;

        var secrets = await context.FindSecretsAsync(cancellationToken).ConfigureAwait(false);
        if (!HandshakeText.IsPlain(token) || secrets is not [var secret, ..])
        {
            context.Answer(StatusCodes.Status400BadRequest);
            return true;
        }

        var encrypted = HMACSHA256.HashData(secret.RevealKey(), Encoding.ASCII.GetBytes(token));
        await context.AnswerPropertiesAsync(
            ("plainToken", token), ("encryptedToken", Convert.ToHexStringLower(encrypted)), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }
}
