using System.Diagnostics;

namespace Webhooks;

/// <summary>The span of one run of a webhook's handlers. There is none while nobody traces.</summary>
internal static class HandlerActivity
{
    public static Activity? Start(ReceivedWebhook received)
    {
        if (!VerificationActivity.Source.HasListeners())
            return null;

        var activity = VerificationActivity.Source.StartActivity("webhooks.handle");
        activity?.SetTag("webhooks.source", received.Source);
        activity?.SetTag("messaging.message.id", received.Id);
        activity?.SetTag("webhooks.event.type", received.EventType);
        if (received.Attempt > 1)
            activity?.SetTag("webhooks.handler.attempt", received.Attempt);
        return activity;
    }

    public static void Fail(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
