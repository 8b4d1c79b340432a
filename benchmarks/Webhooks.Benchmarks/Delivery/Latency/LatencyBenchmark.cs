using System.Globalization;
using System.Text;
using Npgsql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>From the call that publishes to the request's arrival, while nothing else happens.</summary>
internal static class LatencyBenchmark
{
    private const int WarmUp = 400;
    private const int Measured = 800;

    public static async Task RunAsync(DeliverySetting setting)
    {
        Console.WriteLine("\n### Publish to received, idle system\n");
        Console.WriteLine("| what | 50th percentile | 99th percentile |");
        Console.WriteLine("|---|---|---|");
        using var sink = new SinkClient(setting.Sink);
        Print("NOTIFY alone, between two processes", await NotifyAsync(setting));
        await using (var database = await BenchmarkDatabase.NewPostgresAsync(setting.Postgres))
            Print("PostgreSQL, published in another process", await PublishAsync(database.ConnectionString, sink, apart: true));
        await using (var database = await BenchmarkDatabase.NewPostgresAsync(setting.Postgres))
            Print("PostgreSQL, one process", await PublishAsync(database.ConnectionString, sink, apart: false));
        await using (var database = BenchmarkDatabase.NewSqlite())
            Print("SQLite, one process", await PublishAsync(database.ConnectionString, sink, apart: false));
    }

    private static async Task<long[]> PublishAsync(string database, SinkClient sink, bool apart)
    {
        await sink.ResetAsync();
        await using var host = await WebhooksHost.StartAsync(database, delivers: !apart);
        await host.Endpoints.CreateAsync(new WebhookEndpoint(sink.Stamped, SigningSecret.Generate()));
        using var node = apart ? ChildProcess.Self(new Dictionary<string, string>(), "delivery-node", database) : null;
        if (node is not null)
            await node.ReadAsync("started");

        for (var i = 1; i <= WarmUp + Measured; i++)
        {
            var arrived = sink.WaitAsync(i);
            await host.Publisher.PublishAsync(WebhookMessage.Create("invoice.paid", Stamp.NewPayload(Payloads.Length)));
            await arrived;
            await PauseAsync();
        }

        return (await sink.DelaysAsync())[WarmUp..];
    }

    private static async Task<long[]> NotifyAsync(DeliverySetting setting)
    {
        using var listener = ChildProcess.Self(
            new Dictionary<string, string>(), "delivery-listener", setting.Postgres,
            (WarmUp + Measured).ToString(CultureInfo.InvariantCulture));
        await listener.ReadAsync("started");
        await using var connection = new NpgsqlConnection(setting.Postgres);
        await connection.OpenAsync();
        for (var i = 0; i < WarmUp + Measured; i++)
        {
            await using var notify = new NpgsqlCommand("select pg_notify($1, $2)", connection);
            notify.Parameters.AddWithValue(NotifyListener.Channel);
            notify.Parameters.AddWithValue(Encoding.ASCII.GetString(Stamp.NewPayload(Stamp.Length)));
            await notify.ExecuteNonQueryAsync();
            await PauseAsync();
        }

        var delays = await listener.ReadAsync("delays");
        return [.. delays.Split(' ').Select(long.Parse).Skip(WarmUp)];
    }

    // Long enough for what follows a delivery to be over, and never in step with anything.
    private static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 20)), TimeProvider.System);

    private static void Print(string name, long[] delays)
    {
        var milliseconds = delays.Select(Figures.Milliseconds).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Figures.Median(milliseconds):F2} ms | {Figures.Percentile(milliseconds, 0.99):F2} ms |"));
    }
}
