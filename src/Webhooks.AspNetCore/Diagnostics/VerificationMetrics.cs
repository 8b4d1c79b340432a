using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>What a meter can see of verification. Costs next to nothing while none listens.</summary>
internal sealed class VerificationMetrics
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _verifications;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _bodySize;

    public VerificationMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(new MeterOptions("Webhooks"));
        _verifications = meter.CreateCounter<long>(
            "webhooks.verifications", "{verification}", "Requests to protected routes, by source and result.");
        _duration = meter.CreateHistogram(
            "webhooks.verification.duration",
            "s",
            "How long verification took, the arrival of the body included.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
            });
        _bodySize = meter.CreateHistogram<long>(
            "webhooks.verification.body.size", "By", "The size of the bodies that were verified.");
    }

    /// <summary>The time that <see cref="Record"/> counts from, or 0 while nobody listens.</summary>
    public long Start() => _duration.Enabled ? _time.GetTimestamp() : 0;

    public void Record(string source, WebhookVerdict verdict, long bodyLength, long started)
    {
        if (!_verifications.Enabled && !_duration.Enabled && !_bodySize.Enabled)
            return;

        var sourceTag = new KeyValuePair<string, object?>("webhooks.source", source);
        var resultTag = new KeyValuePair<string, object?>(
            "webhooks.verification.result", WebhookVerdicts.NameOf(verdict));
        _verifications.Add(1, sourceTag, resultTag);
        if (started != 0)
            _duration.Record(_time.GetElapsedTime(started).TotalSeconds, sourceTag, resultTag);
        if (verdict == WebhookVerdict.Verified)
            _bodySize.Record(bodyLength, sourceTag);
    }
}
