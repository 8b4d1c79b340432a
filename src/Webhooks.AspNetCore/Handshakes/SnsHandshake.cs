using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks;

/// <summary>
/// Amazon SNS's <c>SubscriptionConfirmation</c>: whoever visits its URL agrees. It is visited only where the options
/// say so, for a message that was verified and names a trusted topic. Everything else, an
/// <c>UnsubscribeConfirmation</c> too (whose URL would subscribe again), is the application's.
/// </summary>
internal sealed class SnsHandshake : WebhookHandshake
{
    public override async ValueTask<bool> TryAnswerVerifiedAsync(
        WebhookHandshakeContext context, VerifiedWebhook webhook, CancellationToken cancellationToken)
    {
        if (!context.Options.ConfirmSubscriptions || webhook.EventType != "SubscriptionConfirmation")
            return false;

        if (FindUrl(webhook) is not { } url)
        {
            context.Answer(StatusCodes.Status400BadRequest);
            return true;
        }

        // Amazon waits fifteen seconds for the answer, and asks again after one that isn't a success.
        var subscriptions = context.HttpContext.RequestServices.GetRequiredService<SnsSubscriptions>();
        var confirmed = await subscriptions.ConfirmAsync(context.Source, url, cancellationToken).ConfigureAwait(false);
        context.Answer(confirmed ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        return true;
    }

    private static Uri? FindUrl(VerifiedWebhook webhook)
    {
        using var document = JsonText.TryParse(webhook.ToArray());
        return document is not null && JsonText.Find(document.RootElement, "TopicArn") is { } topic
            ? SnsSubscribeUrl.TryRead(JsonText.Find(document.RootElement, "SubscribeURL"), topic)
            : null;
    }
}
