using System.Globalization;
using System.Security.Cryptography;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>
/// Requests a second, processor time and bytes allocated a request of the three servers, each in a process of its own, under wrk with
/// 32 connections. The servers stay up and are warmed up first, as servers are; rounds alternate between them, so that
/// a drift of the machine meets all of them.
/// </summary>
internal static class ReceiveBenchmark
{
    private const int WarmUpSeconds = 8;
    private const int Connections = 32;

    private static readonly string[] Variants = ["bare", "optimal", "webhooks"];
    private static readonly int[] Sizes = [1024, 16 * 1024, 256 * 1024];

    public static async Task<int> RunAsync(int seconds, int rounds)
    {
        Console.WriteLine("| body | server | requests/s, median | of bare | of optimal | CPU a request | of optimal | allocated a request |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var servers = new Dictionary<string, (ChildProcess Process, string Address)>();
        foreach (var variant in Variants)
        {
            var process = ChildProcess.Self(new Dictionary<string, string>(), "receive-server", variant);
            servers[variant] = (process, await process.ReadAsync("listening").ConfigureAwait(false));
        }

        foreach (var size in Sizes)
        {
            await MeasureAsync(size, seconds, rounds, servers).ConfigureAwait(false);
        }

        foreach (var (process, _) in servers.Values)
        {
            process.Dispose();
        }

        return 0;
    }

    private static async Task MeasureAsync(
        int size, int seconds, int rounds, Dictionary<string, (ChildProcess Process, string Address)> servers)
    {
        var script = await WriteScriptAsync(size).ConfigureAwait(false);
        var runs = Variants.ToDictionary(variant => variant, _ => new List<ReceiveRun>());
        foreach (var (_, address) in servers.Values)
        {
            await Wrk.RunAsync(address + "/hook", script, Connections, WarmUpSeconds).ConfigureAwait(false);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in Variants)
            {
                runs[variant].Add(await ReceiveRun.MeasureAsync(servers[variant].Address, script, Connections, seconds).ConfigureAwait(false));
            }
        }

        File.Delete(script);
        Print(size, runs);
    }

    private static void Print(int size, Dictionary<string, List<ReceiveRun>> runs)
    {
        foreach (var variant in Variants)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {size / 1024} KiB | {variant} | {Figures.Median(runs[variant].Select(Rate)):F0} "
                + $"| {Ratio(runs, variant, "bare", Rate):F3} | {Ratio(runs, variant, "optimal", Rate):F3} "
                + $"| {Figures.Median(runs[variant].Select(Processor)):F1} µs | {Ratio(runs, variant, "optimal", Processor):F3} "
                + $"| {Figures.Median(runs[variant].Select(run => run.AllocatedPerRequest)):F0} B |"));
        }
    }

    // The ratio of each round's pair, since the rounds differ more than the servers do.
    private static double Ratio(
        Dictionary<string, List<ReceiveRun>> runs, string variant, string yardstick, Func<ReceiveRun, double> figure) =>
        Figures.Median(runs[variant].Zip(runs[yardstick], (ours, theirs) => figure(ours) / figure(theirs)));

    private static double Rate(ReceiveRun run) => run.RequestsPerSecond;

    private static double Processor(ReceiveRun run) => run.MicrosecondsPerRequest;

    private static async Task<string> WriteScriptAsync(int size)
    {
        var body = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", size);
        var script = new LuaScript(body);
        SignatureSchemes.StandardWebhooks.Sign(
            new SigningContext
            {
                MessageId = MessageId.New(),
                Timestamp = TimeProvider.System.GetUtcNow(),
                Secrets = [SigningSecret.Parse(ReceiveServer.Secret)],
            },
            System.Text.Encoding.ASCII.GetBytes(body),
            script);
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, script.Text).ConfigureAwait(false);
        return path;
    }

    private sealed class LuaScript(string body) : ISignatureHeaderWriter
    {
        public string Text { get; private set; } =
            $"wrk.method = \"POST\"\nwrk.body = \"{body}\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\n";

        public void Write(string name, string value) => Text += $"wrk.headers[\"{name}\"] = \"{value}\"\n";
    }
}
