using System.Diagnostics.Metrics;

namespace Webhooks;

/// <summary>Counts what people do with deliveries.</summary>
internal sealed class DeliveriesMetrics(IMeterFactory meterFactory, EngineTelemetry telemetry)
{
    private readonly Counter<long> _requested = meterFactory.Create(AttemptMetrics.MeterName).CreateCounter<long>(
        telemetry.Name("deliveries.requested"), "{delivery}",
        "Deliveries cancelled, redelivered, recovered or replayed.");

    public void Cancelled(long count) => Add(count, "cancel");

    public void Redelivered(long count) => Add(count, "redeliver");

    public void Recovered(long count) => Add(count, "recover");

    public void Replayed(long count) => Add(count, "replay");

    private void Add(long count, string what)
    {
        if (count > 0 && _requested.Enabled)
            _requested.Add(count, new KeyValuePair<string, object?>("webhooks.request", what));
    }
}
