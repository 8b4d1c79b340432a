using System.Globalization;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>What it costs to remember webhooks in memory so that duplicates are dropped: the middleware with and without
/// it, each in a process of its own, in turn, with a new webhook in every request.</summary>
internal static class OnceBenchmark
{
    private const int Connections = 32;
    private const int WarmUpSeconds = 8;

    public static async Task<int> RunAsync(int seconds, int rounds)
    {
        using var forgetting = Start("webhooks");
        using var remembering = Start("once");
        var forgettingAt = await forgetting.ReadAsync("listening").ConfigureAwait(false);
        var rememberingAt = await remembering.ReadAsync("listening").ConfigureAwait(false);
        await MeasureAsync(forgettingAt, WarmUpSeconds).ConfigureAwait(false);
        await MeasureAsync(rememberingAt, WarmUpSeconds).ConfigureAwait(false);

        var runs = new List<(ReceiveRun Forgetting, ReceiveRun Remembering)>();
        for (var round = 0; round < rounds; round++)
        {
            runs.Add((
                await MeasureAsync(forgettingAt, seconds).ConfigureAwait(false),
                await MeasureAsync(rememberingAt, seconds).ConfigureAwait(false)));
        }

        Console.WriteLine("| server | requests/s, median | of webhooks | CPU a request | of webhooks | allocated a request |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Print("webhooks", runs.Select(run => (run.Forgetting, run.Forgetting)));
        Print("once", runs.Select(run => (run.Remembering, run.Forgetting)));
        return 0;
    }

    private static ChildProcess Start(string variant) =>
        ChildProcess.Self(new Dictionary<string, string>(), "receive-server", variant);

    private static async Task<ReceiveRun> MeasureAsync(string address, int seconds)
    {
        using var requests = SignedRequests.Write(ReceiveServer.Secret, seconds);
        var run = await ReceiveRun.MeasureAsync(address, requests.Script, Connections, seconds).ConfigureAwait(false);
        return run.RequestsPerSecond * seconds <= requests.Count ? run : throw new InvalidOperationException(
            $"Some of the webhooks were duplicates: sign more than {requests.Count}.");
    }

    private static void Print(string name, IEnumerable<(ReceiveRun Run, ReceiveRun Yardstick)> runs)
    {
        var pairs = runs.ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Figures.Median(pairs.Select(pair => pair.Run.RequestsPerSecond)):F0} "
            + $"| {Ratio(run => run.RequestsPerSecond):F3} "
            + $"| {Figures.Median(pairs.Select(pair => pair.Run.MicrosecondsPerRequest)):F1} µs "
            + $"| {Ratio(run => run.MicrosecondsPerRequest):F3} "
            + $"| {Figures.Median(pairs.Select(pair => pair.Run.AllocatedPerRequest)):F0} B |"));

        double Ratio(Func<ReceiveRun, double> figure) =>
            Figures.Median(pairs.Select(pair => figure(pair.Run) / figure(pair.Yardstick)));
    }
}
