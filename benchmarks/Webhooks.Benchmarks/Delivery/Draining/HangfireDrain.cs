using Hangfire;
using Hangfire.PostgreSql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Hangfire, a job for each request.</summary>
internal sealed class HangfireDrain : DrainWorkload
{
    private const int Workers = 40;

    private static HandPoster? _poster;

    private PostgreSqlStorage? _storage;
    private BackgroundJobServer? _server;

    public HangfireDrain()
        : base(1000, 500)
    {
    }

    /// <summary>The job.</summary>
    public static Task PostAsync(int endpoint, string payload) =>
        _poster!.PostAsync(endpoint, System.Text.Encoding.ASCII.GetBytes(payload));

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => BenchmarkDatabase.NewPostgresAsync(context.Postgres);

    protected override async Task FillAsync(string database, SinkClient sink, int count)
    {
        _poster ??= new HandPoster(sink);
        var options = new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = true };
        _storage = new PostgreSqlStorage(new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(database, options), options);
        var client = new BackgroundJobClient(_storage);
        var payload = System.Text.Encoding.ASCII.GetString(Payloads.Random());
        for (var i = 0; i < count; i++)
        {
            var endpoint = i % 100;
            client.Enqueue(() => PostAsync(endpoint, payload));
        }

        await BenchmarkDatabase.SettleAsync(database);
    }

    protected override Task StartAsync()
    {
        _server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers }, _storage);
        return Task.CompletedTask;
    }

    protected override Task StopAsync()
    {
        _server!.Dispose();
        return Task.CompletedTask;
    }
}
