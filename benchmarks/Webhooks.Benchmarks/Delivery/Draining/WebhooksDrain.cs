namespace Webhooks.Benchmarks.Delivery;

/// <summary>The library: its dispatcher as it comes, with leases, attempt log, signatures and retry policy.</summary>
internal sealed class WebhooksDrain(bool onPostgres, int endpoints) : DrainWorkload(40_000, 20_000)
{
    private const int AtOnce = 500;

    private static readonly byte[] Payload = Payloads.Random();

    private string _database = "";
    private WebhooksHost? _host;

    protected override async Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context) => onPostgres
        ? await BenchmarkDatabase.NewPostgresAsync(context.Postgres)
        : BenchmarkDatabase.NewSqlite();

    protected override async Task FillAsync(string database, SinkClient sink, int count)
    {
        _database = database;
        await using (var host = await WebhooksHost.StartAsync(database, delivers: false))
        {
            await host.CreateEndpointsAsync(sink, endpoints);
            for (var i = 0; i < count; i += AtOnce)
                await host.Publisher.PublishAsync(NewMessages(i, Math.Min(AtOnce, count - i)));
        }

        if (onPostgres)
            await BenchmarkDatabase.SettleAsync(database);
    }

    protected override async Task StartAsync() => _host = await WebhooksHost.StartAsync(_database, delivers: true);

    protected override async Task StopAsync() => await _host!.DisposeAsync();

    private WebhookMessage[] NewMessages(int first, int count) =>
    [
        .. Enumerable.Range(first, count)
            .Select(number => WebhookMessage.Create(WebhooksHost.TypeOf(number % endpoints), Payload)),
    ];
}
