using Npgsql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Loops by hand, each on a connection of its own: claim 100, post them at once, complete 100.</summary>
internal sealed class HandPostgresDrain(int loops) : DrainWorkload(40_000, 20_000)
{
    private HandPoster? _poster;
    private string _database = "";
    private Task[] _loops = [];

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => BenchmarkDatabase.NewPostgresAsync(context.Postgres);

    protected override Task FillAsync(string database, SinkClient sink, int count)
    {
        _poster ??= new HandPoster(sink);
        _database = database;
        return HandPostgres.FillAsync(database, count);
    }

    protected override Task StartAsync()
    {
        _loops = [.. Enumerable.Range(0, loops).Select(_ => Task.Run(LoopAsync))];
        return Task.CompletedTask;
    }

    protected override Task StopAsync() => Task.WhenAll(_loops);

    private async Task LoopAsync()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        while (await HandPostgres.ClaimAsync(connection) is { Count: > 0 } jobs)
        {
            await Task.WhenAll(jobs.Select(job => _poster!.PostAsync(job.Endpoint, job.Payload)));
            await HandPostgres.CompleteAsync(connection, jobs);
        }
    }
}
