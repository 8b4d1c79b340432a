using System.Diagnostics;

namespace Webhooks;

/// <summary>One span a call, named and tagged after OpenTelemetry's messaging conventions.</summary>
internal static class PublishTracing
{
    private static readonly ActivitySource Source = new(AttemptTracing.SourceName);

    public static bool IsOn => Source.HasListeners();

    public static Activity? Start(EngineTelemetry telemetry, IReadOnlyList<WebhookMessage> messages)
    {
        var activity = Source.StartActivity(telemetry.StoreSpan, telemetry.StoreSpanKind);
        if (activity is not { IsAllDataRequested: true })
            return activity;

        activity.SetTag("messaging.system", "webhooks");
        activity.SetTag("messaging.operation.name", telemetry.StoreOperation);
        activity.SetTag("messaging.operation.type", telemetry.StoreOperationType);
        if (messages.Count != 1)
        {
            activity.SetTag("messaging.batch.message_count", messages.Count);
            return activity;
        }

        activity.SetTag("messaging.message.id", messages[0].Id.Value);
        activity.SetTag("messaging.message.body.size", messages[0].Payload.Length);
        activity.SetTag("webhooks.event.type", messages[0].EventType.Value);
        return activity;
    }

    public static void Complete(Activity activity, IReadOnlyList<PublishResult> results)
    {
        if (!activity.IsAllDataRequested)
            return;

        activity.SetTag("webhooks.delivery.count", results.Sum(static result => result.DeliveryCount));
        if (results is [{ IsDuplicate: true }])
            activity.SetTag("webhooks.outcome", PublishMetrics.Duplicate);
    }

    public static void Fail(Activity activity, Exception exception)
    {
        activity.SetTag("error.type", exception.GetType().FullName);
        activity.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
    }
}
