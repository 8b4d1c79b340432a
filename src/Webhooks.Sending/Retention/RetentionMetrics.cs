using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>Counts what is forgotten.</summary>
internal sealed class RetentionMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _messages;

    public RetentionMetrics(IMeterFactory meterFactory, EngineTelemetry telemetry)
    {
        var meter = meterFactory.Create(AttemptMetrics.MeterName);
        _deliveries = meter.CreateCounter<long>(
            telemetry.Name("retention.deliveries"), "{delivery}",
            "Deliveries deleted since they were older than their time.");
        _messages = meter.CreateCounter<long>(
            telemetry.Name("retention.messages"), "{message}", "Messages deleted since no delivery of theirs is kept.");
    }

    public void Record(PurgeResult purged)
    {
        if (purged.Deliveries > 0)
            _deliveries.Add(purged.Deliveries);
        if (purged.Messages > 0)
            _messages.Add(purged.Messages);
    }
}
