using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>WebSub's verification of intent: <c>hub.challenge</c> comes back if <c>hub.topic</c> is one that was
/// subscribed to. Other topics are answered 404, which is how to say no.</summary>
internal sealed class WebSubHandshake : WebhookHandshake
{
    public override IReadOnlyList<string> Methods { get; } = ["GET"];

    public override async ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method)
            || !HandshakeText.TryFindParameter(request, "hub.mode", out var mode)
            || mode is not ("subscribe" or "unsubscribe"))
            return false;

        // To leave a topic that isn't wanted is wanted; to leave one that is would be somebody else's wish.
        if (!HandshakeText.TryFindParameter(request, "hub.topic", out var topic)
            || context.Options.AllowedTopics.Contains(topic) != (mode == "subscribe"))
            context.Answer(StatusCodes.Status404NotFound);
        else if (!HandshakeText.TryFindParameter(request, "hub.challenge", out var challenge)
            || !HandshakeText.IsEcho(challenge))
            context.Answer(StatusCodes.Status400BadRequest);
        else
            await context.AnswerTextAsync(challenge, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
