using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>What a meter can see of handlers. Costs next to nothing while none listens.</summary>
internal sealed class HandlerMetrics
{
    public const string Failed = "failed";

    private readonly TimeProvider _time;
    private readonly Histogram<double> _duration;

    public HandlerMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _duration = meters.Create(new MeterOptions("Webhooks")).CreateHistogram(
            "webhooks.handler.duration",
            "s",
            "How long the handlers of a webhook took, by source, the pattern that they are for, and result.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
            });
    }

    /// <summary>The name of an outcome in metrics and traces.</summary>
    public static string NameOf(HandlerOutcomeKind kind) => kind switch
    {
        HandlerOutcomeKind.Handled => "handled",
        HandlerOutcomeKind.Ignored => "ignored",
        HandlerOutcomeKind.Rejected => "rejected",
        _ => "unreadable",
    };

    /// <summary>The time that <see cref="Record"/> counts from, or 0 while nobody listens.</summary>
    public long Start() => _duration.Enabled ? _time.GetTimestamp() : 0;

    public void Record(string source, string? pattern, string result, long started)
    {
        if (started == 0)
            return;

        // The pattern and not the event type: what senders write has no bounds.
        _duration.Record(
            _time.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("webhooks.source", source),
            new KeyValuePair<string, object?>("webhooks.handler.pattern", pattern ?? "none"),
            new KeyValuePair<string, object?>("webhooks.handler.result", result));
    }
}
