using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Microsoft Graph's validation of a notification URL: the decoded <c>validationToken</c> comes back as
/// text.</summary>
internal sealed class GraphHandshake : WebhookHandshake
{
    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method)
            || !HandshakeText.TryFindParameter(request, "validationToken", out var token))
            return false;

        if (HandshakeText.IsLine(token))
            await context.AnswerTextAsync(token, cancellationToken).ConfigureAwait(false);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return true;
    }
}
