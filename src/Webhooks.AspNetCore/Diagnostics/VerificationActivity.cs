using System.Diagnostics;

namespace Webhooks;

/// <summary>The span of one verification. There is none while nobody traces.</summary>
internal static class VerificationActivity
{
    public static ActivitySource Source { get; } = new("Webhooks");

    public static Activity? Start(WebhookSource source)
    {
        if (!Source.HasListeners())
            return null;

        var activity = Source.StartActivity("webhooks.verify");
        activity?.SetTag("webhooks.source", source.Name);
        activity?.SetTag("webhooks.scheme", source.Scheme.Name);
        return activity;
    }

    public static void Finish(Activity? activity, WebhookVerdict verdict, VerifiedWebhook? webhook)
    {
        if (activity is null)
            return;

        var result = WebhookVerdicts.NameOf(verdict);
        activity.SetTag("webhooks.verification.result", result);
        if (webhook is null)
        {
            activity.SetTag("error.type", result);
            activity.SetStatus(ActivityStatusCode.Error);
            return;
        }

        activity.SetTag("messaging.message.id", webhook.Id);
        activity.SetTag("messaging.message.body.size", webhook.Body.Length);
    }
}
