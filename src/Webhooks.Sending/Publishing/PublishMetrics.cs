using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>The instruments of publishing. Nothing is computed unless somebody listens.</summary>
internal sealed class PublishMetrics
{
    public const string Stored = "stored";
    public const string Unwanted = "unwanted";
    public const string Duplicate = "duplicate";
    public const string Failed = "failed";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
            [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly TimeProvider _timeProvider;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _durations;

    public PublishMetrics(IMeterFactory meterFactory, EngineTelemetry telemetry, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        var meter = meterFactory.Create(AttemptMetrics.MeterName);
        _messages = meter.CreateCounter<long>(
            telemetry.Name("messages.published"), "{message}", "Messages published, by outcome.");
        _durations = meter.CreateHistogram(
            telemetry.Name("publish.duration"), "s", "How long publishers waited for a message to be stored.",
            advice: Seconds);
    }

    public long Start() => _durations.Enabled ? _timeProvider.GetTimestamp() : 0;

    public void Record(WebhookMessage message, string outcome, long startedAt)
    {
        if (!_messages.Enabled && !_durations.Enabled)
            return;

        var eventType = new KeyValuePair<string, object?>("webhooks.event.type", message.EventType.Value);
        var outcomeTag = new KeyValuePair<string, object?>("webhooks.outcome", outcome);
        _messages.Add(1, eventType, outcomeTag);
        if (startedAt != 0)
            _durations.Record(_timeProvider.GetElapsedTime(startedAt).TotalSeconds, eventType, outcomeTag);
    }
}
