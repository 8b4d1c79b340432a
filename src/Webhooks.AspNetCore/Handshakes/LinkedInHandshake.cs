using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>LinkedIn's validation: an HMAC of <c>challengeCode</c> by the secret that signs the events too. The request
/// isn't signed, so nothing but a UUID is answered.</summary>
internal sealed class LinkedInHandshake : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["GET"];

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method)
            || !HandshakeText.TryFindParameter(request, "challengeCode", out var code))
            return false;

        var secrets = await context.FindSecretsAsync(cancellationToken).ConfigureAwait(false);
        if (!Guid.TryParseExact(code, "D", out _) || secrets is not [var secret, ..])
        {
            context.Answer(StatusCodes.Status400BadRequest);
            return true;
        }

        var response = HMACSHA256.HashData(secret.RevealKey(), Encoding.ASCII.GetBytes(code));
        await context.AnswerPropertiesAsync(
            ("challengeCode", code), ("challengeResponse", Convert.ToHexStringLower(response)), cancellationToken)
            .ConfigureAwait(false);
        return true;
    }
}
