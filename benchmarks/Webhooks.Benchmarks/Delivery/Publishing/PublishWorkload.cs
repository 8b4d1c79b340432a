using System.Diagnostics;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Durable publishes a second, each awaited by its caller.</summary>
internal abstract class PublishWorkload : Workload
{
    private long _published;

    protected virtual int Callers => 64;

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        await using var database = await NewDatabaseAsync(context);
        await OpenAsync(database.ConnectionString);
        using var ending = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(ending.Token))).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(context.Seconds / 4), TimeProvider.System);
        context.Meter.Start();
        var (before, started) = (Interlocked.Read(ref _published), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(context.Seconds), TimeProvider.System);
        var count = Interlocked.Read(ref _published) - before;
        var measured = context.Meter.Stop(count / Stopwatch.GetElapsedTime(started).TotalSeconds, count);
        await ending.CancelAsync();
        await Task.WhenAll(callers);
        await CloseAsync();
        return measured;
    }

    protected abstract Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context);

    protected abstract Task OpenAsync(string database);

    /// <summary>Publishes, and gives how many messages are durable now that weren't before.</summary>
    protected abstract Task<int> PublishAsync();

    protected abstract Task CloseAsync();

    private async Task CallAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
            Interlocked.Add(ref _published, await PublishAsync());
    }
}
