namespace Webhooks.Benchmarks.Delivery;

/// <summary>One thing to measure, in a process of its own that lives through all rounds, as servers do.</summary>
internal abstract class Workload
{
    /// <summary>Sets a round up, measures it and clears it away.</summary>
    public abstract Task<Measurement> MeasureAsync(WorkloadContext context);
}
