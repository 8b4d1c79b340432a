namespace Webhooks.Benchmarks.Delivery;

/// <summary>Loops by hand over one SQLite connection: claim 100 and complete the 100 before, post them at once.</summary>
internal sealed class HandSqliteDrain(int loops) : DrainWorkload(40_000, 20_000)
{
    private HandPoster? _poster;
    private HandSqlite? _queue;
    private Task[] _loops = [];

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => Task.FromResult(BenchmarkDatabase.NewSqlite());

    protected override Task FillAsync(string database, SinkClient sink, int count)
    {
        _poster ??= new HandPoster(sink);
        HandSqlite.Fill(database, count);
        _queue = new HandSqlite(database);
        return Task.CompletedTask;
    }

    protected override Task StartAsync()
    {
        _loops = [.. Enumerable.Range(0, loops).Select(_ => Task.Run(LoopAsync))];
        return Task.CompletedTask;
    }

    protected override async Task StopAsync()
    {
        await Task.WhenAll(_loops);
        _queue!.Dispose();
    }

    private async Task LoopAsync()
    {
        var jobs = _queue!.CompleteAndClaim([]);
        while (jobs.Count > 0)
        {
            await Task.WhenAll(jobs.Select(job => _poster!.PostAsync(job.Endpoint, job.Payload)));
            jobs = _queue.CompleteAndClaim(jobs);
        }
    }
}
