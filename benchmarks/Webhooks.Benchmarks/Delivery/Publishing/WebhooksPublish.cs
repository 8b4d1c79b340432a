namespace Webhooks.Benchmarks.Delivery;

/// <summary>The library's publisher; one endpoint wants each message.</summary>
internal sealed class WebhooksPublish(bool onPostgres) : PublishWorkload
{
    private static readonly byte[] Payload = Payloads.Random();

    private WebhooksHost? _host;
    private SinkClient? _sink;

    protected override async Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
    {
        _sink = context.Sink;
        return onPostgres ? await BenchmarkDatabase.NewPostgresAsync(context.Postgres) : BenchmarkDatabase.NewSqlite();
    }

    protected override async Task OpenAsync(string database)
    {
        _host = await WebhooksHost.StartAsync(database, delivers: false);
        await _host.CreateEndpointsAsync(_sink!, 1);
        if (onPostgres)
            await BenchmarkDatabase.ExecuteAsync(database, "checkpoint");
    }

    protected override async Task<int> PublishAsync()
    {
        await _host!.Publisher.PublishAsync(WebhookMessage.Create(WebhooksHost.TypeOf(0), Payload));
        return 1;
    }

    protected override async Task CloseAsync() => await _host!.DisposeAsync();
}
