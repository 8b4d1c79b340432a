using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>Okta's one-time verification: the header <c>X-Okta-Verification-Challenge</c> comes back as JSON.</summary>
internal sealed class OktaHandshake : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["GET"];

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Headers["X-Okta-Verification-Challenge"] is not [{ } challenge])
            return false;

        if (HandshakeText.IsLine(challenge))
            await context.AnswerPropertiesAsync(("verification", challenge), cancellationToken).ConfigureAwait(false);
        else
            context.Answer(StatusCodes.Status400BadRequest);
        return true;
    }
}
