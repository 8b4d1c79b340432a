using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>A request that only asks whether anybody is there: Trello with <c>HEAD</c>, Mailchimp with
/// <c>GET</c>.</summary>
internal sealed class ProbeHandshake(params string[] methods) : WebhookHandshake
{
    public override IReadOnlyList<string> Methods => methods;

    public override ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        if (!methods.Contains(context.HttpContext.Request.Method, StringComparer.OrdinalIgnoreCase))
            return new(false);

        context.Answer(StatusCodes.Status200OK);
        return new(true);
    }
}
