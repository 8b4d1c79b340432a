using System.Diagnostics;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Deliveries a second that are claimed and completed in batches of 100, without a request between.</summary>
internal abstract class ClaimWorkload(int loops) : Workload
{
    private const int Full = 30_000;
    private double _rate;

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        var count = Math.Max(Full, (int)(_rate * context.Seconds));
        await using var database = await BenchmarkDatabase.NewPostgresAsync(context.Postgres);
        await FillAsync(database.ConnectionString, count);
        await BenchmarkDatabase.SettleAsync(database.ConnectionString);
        context.Meter.Start();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, loops).Select(_ => Task.Run(LoopAsync)));
        _rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var measured = context.Meter.Stop(_rate, count);
        await CloseAsync();
        return measured;
    }

    protected abstract Task FillAsync(string database, int count);

    /// <summary>Claims and completes until nothing is left.</summary>
    protected abstract Task LoopAsync();

    protected abstract Task CloseAsync();
}
