using System.Diagnostics;
using System.Globalization;

namespace Webhooks;

/// <summary>One client span an attempt, named and tagged after OpenTelemetry's HTTP and messaging
/// conventions.</summary>
internal static class AttemptTracing
{
    public const string SourceName = "Webhooks";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Start(WebhookMessage message, WebhookEndpoint endpoint, int attempt)
    {
        if (!Source.HasListeners())
            return null;

        var activity = Source.StartActivity("POST webhook", ActivityKind.Client);
        if (activity is not { IsAllDataRequested: true })
            return activity;

        activity.SetTag("http.request.method", "POST");
        activity.SetTag("url.full", WithoutPath(endpoint.Url));
        activity.SetTag("server.address", endpoint.Url.IdnHost);
        activity.SetTag("server.port", endpoint.Url.Port);
        if (attempt > 1)
            activity.SetTag("http.request.resend_count", attempt - 1);
        activity.SetTag("http.request.body.size", message.Payload.Length);
        activity.SetTag("messaging.system", "webhooks");
        activity.SetTag("messaging.operation.type", "send");
        activity.SetTag("messaging.message.id", message.Id.Value);
        activity.SetTag("webhooks.event.type", message.EventType.Value);
        activity.SetTag("webhooks.endpoint.id", endpoint.Id);
        return activity;
    }

    public static void Complete(Activity activity, WebhookAttempt attempt)
    {
        if (attempt.StatusCode is { } status)
            activity.SetTag("http.response.status_code", status);
        if (attempt.Succeeded)
            return;

        activity.SetTag("error.type", ErrorType(attempt));
        activity.SetStatus(ActivityStatusCode.Error, attempt.Error.ToString());
    }

    /// <summary>The status code where there is one, and otherwise the error kind: few values, fit for a
    /// metric.</summary>
    public static string ErrorType(WebhookAttempt attempt) => attempt.StatusCode is { } status
        ? status.ToString(CultureInfo.InvariantCulture)
        : attempt.Error.ToString();

    /// <summary>Gives the receiver the span to go on from. Baggage stays here: it isn't for strangers.</summary>
    public static void Propagate(HttpRequestMessage request, Activity? activity)
    {
        activity ??= Activity.Current;
        if (activity is not { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            return;

        request.Headers.TryAddWithoutValidation("traceparent", id);
        if (activity.TraceStateString is { Length: > 0 } state && HeaderRules.IsFieldValue(state))
            request.Headers.TryAddWithoutValidation("tracestate", state);
    }

    // Many receivers put a token in the path, and traces are read in more places than the endpoints are kept.
    private static string WithoutPath(Uri url) => url.GetLeftPart(UriPartial.Authority) + "/";
}
