using System.Diagnostics;

namespace Webhooks;

/// <summary>The span of one run of a webhook's handlers. There is none while nobody traces. From an inbox it is a
/// consumer's, after OpenTelemetry's messaging conventions, with a link to the span that stored the webhook.</summary>
internal static class HandlerActivity
{
    private const string Name = "webhooks.handle";

    public static Activity? Start(ReceivedWebhook received)
    {
        if (!VerificationActivity.Source.HasListeners())
            return null;

        var activity = received.Place is null
            ? VerificationActivity.Source.StartActivity(Name)
            : StartFromInbox(received);
        activity?.SetTag("webhooks.source", received.Source);
        activity?.SetTag("messaging.message.id", received.Id);
        activity?.SetTag("webhooks.event.type", received.EventType);
        if (received.Attempt > 1)
            activity?.SetTag("webhooks.handler.attempt", received.Attempt);
        return activity;
    }

    private static Activity? StartFromInbox(ReceivedWebhook received)
    {
        ActivityLink[] links = ActivityContext.TryParse(received.StoredIn, null, isRemote: true, out var stored)
            ? [new ActivityLink(stored)]
            : [];
        var activity = VerificationActivity.Source.StartActivity(
            ActivityKind.Consumer, parentContext: default, tags: null, links, name: Name);
        activity?.SetTag("messaging.system", "webhooks");
        activity?.SetTag("messaging.operation.name", "handle");
        activity?.SetTag("messaging.operation.type", "process");
        return activity;
    }

    public static void Fail(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
