using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>
/// X's challenge-response check: an HMAC of <c>crc_token</c> by the secret that signs the events too. The request isn't
/// signed, so anybody may ask; only words that can't be an event's body are answered.
/// </summary>
internal sealed class CrcHandshake : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["GET"];

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method)
            || !HandshakeText.TryFindParameter(request, "crc_token", out var token))
            return false;

        var secrets = await context.FindSecretsAsync(cancellationToken).ConfigureAwait(false);
        if (!HandshakeText.IsPlain(token) || secrets is not [var secret, ..])
        {
            context.Answer(StatusCodes.Status400BadRequest);
            return true;
        }

        var mac = Convert.ToBase64String(HMACSHA256.HashData(secret.RevealKey(), Encoding.ASCII.GetBytes(token)));
        await context.AnswerPropertiesAsync(("response_token", $"sha256={mac}"), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }
}
