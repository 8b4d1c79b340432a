using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Meta's verification request: <c>hub.challenge</c> comes back if <c>hub.verify_token</c> is the token that
/// was agreed on.</summary>
internal sealed class MetaHandshake : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["GET"];

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method)
            || !HandshakeText.TryFindParameter(request, "hub.mode", out var mode) || mode != "subscribe")
            return false;

        if (!HandshakeText.TryFindParameter(request, "hub.verify_token", out var token)
            || context.Options.Token is not { Length: > 0 } expected || !HandshakeText.IsSame(expected, token))
            context.Answer(StatusCodes.Status403Forbidden);
        else if (!HandshakeText.TryFindParameter(request, "hub.challenge", out var challenge)
            || !HandshakeText.IsEcho(challenge))
            context.Answer(StatusCodes.Status400BadRequest);
        else
            await context.AnswerTextAsync(challenge, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
