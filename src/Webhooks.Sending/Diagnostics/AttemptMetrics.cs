using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>The instruments of sending, of the meter <c>Webhooks</c>. Nothing is computed unless somebody
/// listens.</summary>
internal sealed class AttemptMetrics
{
    public const string MeterName = "Webhooks";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 30],
    };

    private static readonly InstrumentAdvice<long> Bytes = new()
    {
        HistogramBucketBoundaries = [128, 512, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304],
    };

    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _retries;
    private readonly Histogram<long> _sizes;

    public AttemptMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(MeterName);
        _attempts = meter.CreateCounter<long>(
            "webhooks.send.attempts", "{attempt}", "Attempts to send a webhook, by outcome.");
        _durations = meter.CreateHistogram(
            "webhooks.send.attempt.duration", "s", "How long attempts to send a webhook took.", advice: Seconds);
        _retries = meter.CreateCounter<long>(
            "webhooks.send.retries", "{retry}", "Retries that were scheduled after a failed attempt.");
        _sizes = meter.CreateHistogram(
            "webhooks.send.payload.size", "By", "The size of the payloads sent.", advice: Bytes);
    }

    public void Record(WebhookMessage message, WebhookAttempt attempt)
    {
        if (_sizes.Enabled)
            _sizes.Record(message.Payload.Length, EventType(message));
        if (!_attempts.Enabled && !_durations.Enabled)
            return;

        var eventType = EventType(message);
        var outcome = new KeyValuePair<string, object?>(
            "webhooks.outcome", attempt.Succeeded ? "succeeded" : "failed");
        if (attempt.Succeeded)
        {
            _attempts.Add(1, eventType, outcome);
            _durations.Record(attempt.Duration.TotalSeconds, eventType, outcome);
            return;
        }

        var error = new KeyValuePair<string, object?>("error.type", AttemptTracing.ErrorType(attempt));
        _attempts.Add(1, eventType, outcome, error);
        _durations.Record(attempt.Duration.TotalSeconds, eventType, outcome, error);
    }

    public void RecordRetry(WebhookMessage message)
    {
        if (_retries.Enabled)
            _retries.Add(1, EventType(message));
    }

    private static KeyValuePair<string, object?> EventType(WebhookMessage message)
        => new("webhooks.event.type", message.EventType.Value);
}
