using System.Diagnostics;
using System.Globalization;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Whether claiming stays as quick with a million deliveries waiting and a million done.</summary>
internal static class BacklogBenchmark
{
    private const int Few = 1000;
    private const int Many = 1_000_000;
    private const int Claims = 200;

    public static async Task RunAsync(DeliverySetting setting)
    {
        Console.WriteLine("\n### Claim of 100 with much waiting and done\n");
        Console.WriteLine($"| store | {Few} waiting | {Many} waiting, {Many} done | ratio |");
        Console.WriteLine("|---|---|---|---|");
        await using (var few = await BenchmarkDatabase.NewPostgresAsync(setting.Postgres))
        await using (var many = await BenchmarkDatabase.NewPostgresAsync(setting.Postgres))
            await CompareAsync("PostgreSQL", few.ConnectionString, many.ConnectionString);

        await using (var few = BenchmarkDatabase.NewSqlite())
        await using (var many = BenchmarkDatabase.NewSqlite())
            await CompareAsync("SQLite", few.ConnectionString, many.ConnectionString);
    }

    private static async Task CompareAsync(string name, string few, string many)
    {
        await using var fewHost = await WebhooksHost.StartAsync(few, delivers: false);
        await using var manyHost = await WebhooksHost.StartAsync(many, delivers: false);
        await FillAsync(fewHost.Store, few, Few, Few);
        await FillAsync(manyHost.Store, many, Many, Many);
        var (fewTimes, manyTimes) = (new List<double>(), new List<double>());
        for (var i = 0; i < Claims; i++)
        {
            fewTimes.Add(await ClaimAsync(fewHost.Store));
            manyTimes.Add(await ClaimAsync(manyHost.Store));
        }

        var (fewMedian, manyMedian) = (Figures.Median(fewTimes.Skip(Claims / 4)), Figures.Median(manyTimes.Skip(Claims / 4)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {fewMedian:F2} ms | {manyMedian:F2} ms | {manyMedian / fewMedian:F2} |"));
    }

    private static async Task FillAsync(WebhookStore store, string database, int done, int pending)
    {
        var backlog = await StoreBacklog.CreateAsync(store);
        if (done == Many)
        {
            await backlog.AddAsync(done, endpointsOfMessage: 10);
            await backlog.CancelAllAsync();
        }

        await backlog.AddAsync(pending, endpointsOfMessage: 10);
        if (WebhooksHost.IsPostgres(database))
            await BenchmarkDatabase.SettleAsync(database);
    }

    private static async Task<double> ClaimAsync(WebhookStore store)
    {
        var request = StoreBacklog.Claim(100);
        var started = Stopwatch.GetTimestamp();
        var claimed = await store.ClaimAsync(request, CancellationToken.None);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (claimed.Deliveries.Count != 100)
            throw new InvalidOperationException($"{claimed.Deliveries.Count} were claimed.");

        await store.ReleaseAsync(
            [.. claimed.Deliveries.Select(delivery => new LeaseKey(delivery.Id, request.Lease))], CancellationToken.None);
        return milliseconds;
    }
}
