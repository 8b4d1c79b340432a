using System.Globalization;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>What it costs to remember webhooks in memory so that duplicates are dropped: the middleware with and without
/// it, each in a process of its own, in turn, with a new webhook in every request.</summary>
internal static class OnceBenchmark
{
    private const int Connections = 32;
    private const int WarmUpSeconds = 8;

    private static readonly string[] Variants = ["webhooks", "once"];

    public static async Task<int> RunAsync(int seconds, int rounds)
    {
        var servers = new Dictionary<string, (ChildProcess Process, string Address)>();
        var runs = Variants.ToDictionary(variant => variant, _ => new List<ReceiveRun>());
        foreach (var variant in Variants)
        {
            var process = ChildProcess.Self(new Dictionary<string, string>(), "receive-server", variant);
            servers[variant] = (process, await process.ReadAsync("listening").ConfigureAwait(false));
            await MeasureAsync(servers[variant].Address, WarmUpSeconds).ConfigureAwait(false);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in Variants)
                runs[variant].Add(await MeasureAsync(servers[variant].Address, seconds).ConfigureAwait(false));
        }

        foreach (var (process, _) in servers.Values)
            process.Dispose();

        Print(runs);
        return 0;
    }

    private static async Task<ReceiveRun> MeasureAsync(string address, int seconds)
    {
        using var requests = SignedRequests.Write(ReceiveServer.Secret, seconds);
        var run = await ReceiveRun.MeasureAsync(address, requests.Script, Connections, seconds).ConfigureAwait(false);
        return run.RequestsPerSecond * seconds <= requests.Count ? run : throw new InvalidOperationException(
            $"Some of the webhooks were duplicates: sign more than {requests.Count}.");
    }

    private static void Print(Dictionary<string, List<ReceiveRun>> runs)
    {
        Console.WriteLine("| server | requests/s, median | of webhooks | CPU a request | of webhooks | allocated a request |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var variant in Variants)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {variant} | {ReceiveRun.Median(runs[variant].Select(run => run.RequestsPerSecond)):F0} "
                + $"| {Ratio(run => run.RequestsPerSecond):F3} "
                + $"| {ReceiveRun.Median(runs[variant].Select(run => run.MicrosecondsPerRequest)):F1} µs "
                + $"| {Ratio(run => run.MicrosecondsPerRequest):F3} "
                + $"| {ReceiveRun.Median(runs[variant].Select(run => run.AllocatedPerRequest)):F0} B |"));

            double Ratio(Func<ReceiveRun, double> figure) => ReceiveRun.Median(
                runs[variant].Zip(runs["webhooks"], (ours, theirs) => figure(ours) / figure(theirs)));
        }
    }
}
