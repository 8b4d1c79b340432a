using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>A <c>GET</c> whose parameter has to come back (Dropbox, Nylas: <c>challenge</c>). Nothing about it can be
/// verified, so nothing but a plain word is given back.</summary>
internal sealed class EchoHandshake(string parameter) : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["GET"];

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method)
            || !HandshakeText.TryFindParameter(context.HttpContext.Request, parameter, out var challenge))
            return false;

        if (HandshakeText.IsEcho(challenge))
            await context.AnswerTextAsync(challenge, cancellationToken).ConfigureAwait(false);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return true;
    }
}
