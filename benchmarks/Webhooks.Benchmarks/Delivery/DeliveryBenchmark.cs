using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>What durable delivery costs, beside what people would write by hand or use today.</summary>
internal static class DeliveryBenchmark
{
    private static readonly Dictionary<string, Func<DeliverySetting, Task>> All = new()
    {
        ["deliver-postgres"] = new Comparison(
            "End to end, PostgreSQL", "deliveries/s",
            ("hand-written loop", "drain-postgres-hand:4"),
            ("Webhooks, 100 endpoints", "drain-postgres-webhooks:100"),
            ("Webhooks, 1 endpoint", "drain-postgres-webhooks:1"),
            ("DotNetCore.CAP", "drain-postgres-cap"),
            ("Hangfire", "drain-postgres-hangfire")).RunAsync,
        ["deliver-sqlite"] = new Comparison(
            "End to end, SQLite", "deliveries/s",
            ("hand-written loop", "drain-sqlite-hand:2"),
            ("Webhooks, 100 endpoints", "drain-sqlite-webhooks:100"),
            ("Webhooks, 1 endpoint", "drain-sqlite-webhooks:1")).RunAsync,
        ["publish-sqlite"] = new Comparison(
            "Durable publishes by 64 callers, SQLite", "publishes/s",
            ("group commit by hand", "publish-sqlite-group"),
            ("Webhooks", "publish-sqlite-webhooks"),
            ("one a transaction", "publish-sqlite-single")).RunAsync,
        ["publish-postgres"] = new Comparison(
            "Durable publishes by 64 callers, PostgreSQL", "publishes/s",
            ("arrays of 100 on one connection", "publish-postgres-arrays"),
            ("Webhooks", "publish-postgres-webhooks"),
            ("single inserts on 64 connections", "publish-postgres-single")).RunAsync,
        ["claim-postgres"] = new Comparison(
            "Claim and record in batches, PostgreSQL", "deliveries/s",
            ("hand-written, 100 at once, no attempts", "claim-postgres-hand:1"),
            ("Webhooks, 100 at once", "claim-postgres-webhooks:100"),
            ("Webhooks, 500 at once", "claim-postgres-webhooks:500")).RunAsync,
        ["inbox"] = new Comparison(
            "Webhooks stored in an inbox, SQLite, 64 connections", "requests/s",
            ("Webhooks, publishes by 64 callers", "publish-sqlite-webhooks"),
            ("inbox that stores", "inbox-sqlite"),
            ("inbox that stores and handles", "inbox-sqlite-handling"),
            ("inbox whose handlers write once", "inbox-sqlite-once"),
            ("inbox whose handlers write in transactions of their own, 2 at once", "inbox-sqlite-marking:2"),
            ("inbox whose handlers write in transactions of their own, 16 at once", "inbox-sqlite-marking:16")).RunAsync,
        ["latency"] = LatencyBenchmark.RunAsync,
        ["fan-out"] = new Comparison(
            "One message to 1,000 endpoints", "requests/s",
            ("the sender alone", "send"),
            ("PostgreSQL", "fan-out-postgres"),
            ("SQLite", "fan-out-sqlite")).RunAsync,
        ["backlog"] = BacklogBenchmark.RunAsync,
        ["memory"] = MemoryBenchmark.RunAsync,
    };

    public static async Task<int> RunAsync(string[] names, int rounds, double seconds)
    {
        if (names.Except(All.Keys).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no {unknown}; there are: {string.Join(", ", All.Keys)}");
            return 2;
        }

        await using var server = await PostgresServer.StartAsync(null, "shared_buffers=512MB", "max_wal_size=4GB");
        using var sink = ChildProcess.Self(new Dictionary<string, string>(), "delivery-sink");
        var address = new Uri(await sink.ReadAsync("listening"));
        var data = (string)(await server.ExecuteAsync("show data_directory"))!;
        var process = int.Parse(File.ReadLines(data + "/postmaster.pid").First(), CultureInfo.InvariantCulture);
        var setting = new DeliverySetting(
            server.ConnectionString() + ";Max Auto Prepare=30", process, address, rounds, seconds);
        foreach (var name in names.Length > 0 ? names : [.. All.Keys])
            await All[name](setting);

        return 0;
    }
}
