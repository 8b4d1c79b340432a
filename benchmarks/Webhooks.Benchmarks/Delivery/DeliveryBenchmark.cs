namespace Webhooks.Benchmarks.Delivery;

/// <summary>What durable delivery costs, beside what people would write by hand or use today.</summary>
internal static class DeliveryBenchmark
{
    private static readonly Dictionary<string, Func<DeliverySetting, Task>> All = new()
    {
        ["deliver-postgres"] = new Comparison(
            "End to end, PostgreSQL", "deliveries/s",
            ("hand-written loop", "drain-postgres-hand:4"), ("Hangfire", "drain-postgres-hangfire")).RunAsync,
        ["deliver-sqlite"] = new Comparison(
            "End to end, SQLite", "deliveries/s", ("hand-written loop", "drain-sqlite-hand:2")).RunAsync,
        ["publish-sqlite"] = new Comparison(
            "Durable publishes by 64 callers, SQLite", "publishes/s",
            ("group commit by hand", "publish-sqlite-group"), ("one a transaction", "publish-sqlite-single")).RunAsync,
        ["publish-postgres"] = new Comparison(
            "Durable publishes by 64 callers, PostgreSQL", "publishes/s",
            ("arrays of 100 on one connection", "publish-postgres-arrays"),
            ("single inserts on 64 connections", "publish-postgres-single")).RunAsync,
        ["claim-postgres"] = new Comparison(
            "Claim and record in batches of 100, PostgreSQL", "deliveries/s",
            ("hand-written", "claim-postgres-hand:1")).RunAsync,
    };

    public static async Task<int> RunAsync(string[] names, int rounds, double seconds)
    {
        await using var server = await PostgresServer.StartAsync(null, "shared_buffers=512MB", "max_wal_size=4GB");
        using var sink = ChildProcess.Self(new Dictionary<string, string>(), "delivery-sink");
        var address = new Uri(await sink.ReadAsync("listening"));
        var setting = new DeliverySetting(server.ConnectionString() + ";Max Auto Prepare=30", address, rounds, seconds);
        foreach (var name in names.Length > 0 ? names : [.. All.Keys])
            await All[name](setting);

        return 0;
    }
}
