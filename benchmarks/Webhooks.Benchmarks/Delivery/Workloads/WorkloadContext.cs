namespace Webhooks.Benchmarks.Delivery;

/// <summary>Where a round of a workload takes place.</summary>
/// <param name="Postgres">The server, as a connection string of its first database.</param>
/// <param name="Sink">Where requests go.</param>
/// <param name="Seconds">About how long to measure.</param>
/// <param name="Meter">Tells the processor time.</param>
internal sealed record WorkloadContext(string Postgres, SinkClient Sink, double Seconds, ProcessorMeter Meter);
