using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>How much memory the delivering process takes while a million deliveries wait.</summary>
internal static class MemoryBenchmark
{
    private const int Waiting = 1_000_000;
    private const int Samples = 20;

    public static async Task RunAsync(DeliverySetting setting)
    {
        Console.WriteLine($"\n### Memory with {Waiting} waiting, while delivering\n");
        Console.WriteLine("| store | highest of the process | highest managed | delivered meanwhile |");
        Console.WriteLine("|---|---|---|---|");
        await using (var database = await BenchmarkDatabase.NewPostgresAsync(setting.Postgres))
            await MeasureAsync("PostgreSQL", database.ConnectionString, setting);
        await using (var database = BenchmarkDatabase.NewSqlite())
            await MeasureAsync("SQLite", database.ConnectionString, setting);
    }

    private static async Task MeasureAsync(string name, string database, DeliverySetting setting)
    {
        using var sink = new SinkClient(setting.Sink);
        await FillAsync(database, sink);
        await sink.ResetAsync();
        using var node = ChildProcess.Self(new Dictionary<string, string>(), "delivery-node", database);
        await node.ReadAsync("started");
        long managed = 0, peak = 0;
        for (var i = 0; i < Samples; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2 * setting.Seconds / Samples), TimeProvider.System);
            await node.WriteLineAsync("memory");
            var sizes = (await node.ReadAsync("memory")).Split(' ')
                .Select(size => long.Parse(size, CultureInfo.InvariantCulture)).ToArray();
            peak = sizes[1];
            managed = Math.Max(managed, sizes[2]);
        }

        var delivered = await sink.CountAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {peak / 1048576.0:F0} MiB | {managed / 1048576.0:F0} MiB | {delivered} |"));
    }

    private static async Task FillAsync(string database, SinkClient sink)
    {
        await using var host = await WebhooksHost.StartAsync(database, delivers: false);
        for (var i = 0; i < 100; i++)
            await host.Endpoints.CreateAsync(new WebhookEndpoint(sink.Hook(i), SigningSecret.Generate()));

        var payload = Payloads.Random();
        for (var left = Waiting / 100; left > 0; left -= 20)
        {
            await host.Publisher.PublishAsync(
                [.. Enumerable.Range(0, 20).Select(_ => WebhookMessage.Create("invoice.paid", payload))]);
        }
    }
}
