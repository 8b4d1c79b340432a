using Webhooks.Benchmarks.Delivery;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>Signed webhooks a second that an inbox in an SQLite file answers 202, each one stored durably, under wrk
/// with 64 connections.</summary>
/// <remarks>Servers live long: the first round, which isn't counted, takes the time to compile what is hot.</remarks>
/// <param name="handling">What becomes of them meanwhile.</param>
/// <param name="concurrency">How many are handled at once.</param>
internal sealed class InboxWorkload(InboxHandling handling, int concurrency = 16) : Workload
{
    private const int Connections = 64;
    private const double WarmUpSeconds = 12;

    private bool _isWarm;

    public override async Task<Measurement> MeasureAsync(WorkloadContext context)
    {
        await using var database = BenchmarkDatabase.NewSqlite();
        await using var receiver = await InboxServer.StartAsync(database.ConnectionString, handling, concurrency);
        var seconds = _isWarm ? context.Seconds : WarmUpSeconds;
        _isWarm = true;
        using var requests = SignedRequests.Write(InboxServer.Secret, seconds);
        context.Meter.Start();
        var (count, rate) = await Wrk.RunAsync(receiver.Url, requests.Script, Connections, seconds);
        if (count > requests.Count)
            throw new InvalidOperationException($"Of {count} webhooks some were duplicates: sign more than {requests.Count}.");
        return context.Meter.Stop(rate, count);
    }
}
