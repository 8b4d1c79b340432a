using Microsoft.AspNetCore.Http;

namespace Webhooks;

/// <summary>WooCommerce's ping when a webhook is made: a small form that isn't signed. It is answered 200 and goes no
/// further.</summary>
internal sealed class WooCommerceHandshake : WebhookHandshake
{
    private const int LongestPing = 64;

    public override ValueTask<bool> TryAnswerUnverifiedAsync(
        WebhookHandshakeContext context, CancellationToken cancellationToken)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method)
            || !MediaType.Is("application/x-www-form-urlencoded", request.ContentType)
            || request.ContentLength is not (> 0 and <= LongestPing)
            || request.Headers.ContainsKey("X-WC-Webhook-Signature"))
            return new(false);

        context.Answer(StatusCodes.Status200OK);
        return new(true);
    }
}
