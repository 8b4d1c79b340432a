using Webhooks.Benchmarks.Delivery;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>Signed webhooks a second that an inbox in an SQLite file answers 202, each one stored durably, under wrk
/// with 64 connections.</summary>
/// <param name="handling">What becomes of them meanwhile.</param>
/// <param name="concurrency">How many are handled at once.</param>
internal sealed class InboxWorkload(InboxHandling handling, int concurrency = 16) : Workload
{
    private const int Connections = 64;

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        await using var database = BenchmarkDatabase.NewSqlite();
        await using var receiver = await InboxServer.StartAsync(database.ConnectionString, handling, concurrency);
        using var requests = SignedRequests.Write(InboxServer.Secret, context.Seconds);
        context.Meter.Start();
        var (count, rate) = await Wrk.RunAsync(receiver.Url, requests.Script, Connections, context.Seconds);
        if (count > requests.Count)
            throw new InvalidOperationException($"Of {count} webhooks some were duplicates: sign more than {requests.Count}.");
        return context.Meter.Stop(rate, count);
    }
}
