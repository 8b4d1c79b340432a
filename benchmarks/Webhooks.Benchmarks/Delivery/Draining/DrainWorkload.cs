namespace Webhooks.Benchmarks.Delivery;

/// <summary>
/// Deliveries a second from a backlog: fills a new database, starts the program under test and takes the time
/// between the first tenth's arrival and nearly the last, so that neither start nor end counts.
/// </summary>
internal abstract class DrainWorkload(int firstCount, int minCount) : Workload
{
    private double _rate;

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        var count = _rate > 0 ? Math.Max(minCount, (int)(_rate * context.Seconds)) : firstCount;
        await using var database = await NewDatabaseAsync(context);
        await FillAsync(database.ConnectionString, context.Sink, count);
        await context.Sink.ResetAsync();
        var (from, until) = (count / 10, count - (count / 20));
        var began = context.Sink.WaitAsync(from);
        var ended = context.Sink.WaitAsync(until);
        var all = context.Sink.WaitAsync(count);
        context.Meter.Start();
        await StartAsync();
        _rate = (until - from) / Figures.Seconds(await ended - await began);
        await all;
        await StopAsync();
        return context.Meter.Stop(_rate, count);
    }

    protected abstract Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context);

    protected abstract Task FillAsync(string database, SinkClient sink, int count);

    protected abstract Task StartAsync();

    /// <summary>Finishes what was begun.</summary>
    protected abstract Task StopAsync();
}
