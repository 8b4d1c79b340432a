using System.Globalization;

namespace Webhooks.Benchmarks.Flooding;

/// <summary>
/// How long good webhooks take to be answered while ten times as many bad ones come from other addresses, with the limit
/// of failures and without, and where nothing is verified, beside good ones alone. Rounds alternate between the four, and
/// ratios are of the same round.
/// </summary>
internal static class FloodBenchmark
{
    private const int Rate = 200;
    private const int FloodRate = 10 * Rate;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<int> RunAsync(int seconds, int rounds)
    {
        using var limited = Start("limited");
        using var unlimited = Start("unlimited");
        using var bare = Start("bare");
        var limitedAt = await limited.ReadAsync("listening").ConfigureAwait(false);
        var unlimitedAt = await unlimited.ReadAsync("listening").ConfigureAwait(false);
        var bareAt = await bare.ReadAsync("listening").ConfigureAwait(false);
        foreach (var address in new[] { limitedAt, unlimitedAt, bareAt })
        {
            await MeasureAsync(address, 3, flooded: true).ConfigureAwait(false);
        }

        var runs = new List<(Run Quiet, Run Limited, Run Unlimited, Run Bare)>();
        for (var round = 0; round < rounds; round++)
        {
            runs.Add((
                await MeasureAsync(limitedAt, seconds, flooded: false).ConfigureAwait(false),
                await MeasureAsync(limitedAt, seconds, flooded: true).ConfigureAwait(false),
                await MeasureAsync(unlimitedAt, seconds, flooded: true).ConfigureAwait(false),
                await MeasureAsync(bareAt, seconds, flooded: true).ConfigureAwait(false)));
        }

        Console.WriteLine("| what | good ones' median | 99th percentile | of quiet, median of rounds | lowest to highest | CPU a bad one |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Print("good ones alone", runs.Select(run => (run.Quiet, run.Quiet)));
        Print("flood, failures limited", runs.Select(run => (run.Limited, run.Quiet)));
        Print("flood, no limit", runs.Select(run => (run.Unlimited, run.Quiet)));
        Print("flood, nothing is verified", runs.Select(run => (run.Bare, run.Quiet)));
        return 0;
    }

    private static ChildProcess Start(string variant) =>
        ChildProcess.Self(new Dictionary<string, string>(), "flood-server", variant);

    private static async Task<Run> MeasureAsync(string address, int seconds, bool flooded)
    {
        var before = await SpentAsync(address).ConfigureAwait(false);
        using var flood = flooded ? Send("bad", address, FloodRate, seconds + 1) : null;
        using var good = Send("good", address, Rate, seconds);
        var figures = (await good.ReadAsync("sent").ConfigureAwait(false)).Split(' ');
        var sent = flood is null ? "0" : (await flood.ReadAsync("sent").ConfigureAwait(false)).Split(' ')[0];
        var after = await SpentAsync(address).ConfigureAwait(false);
        return new Run(Parse(figures[1]), Parse(figures[2]), after - before, Parse(sent));
    }

    private static ChildProcess Send(string kind, string address, int rate, int seconds) => ChildProcess.Self(
        new Dictionary<string, string>(), "flood-client", kind, address, "--rate", $"{rate}", "--seconds", $"{seconds}");

    private static async Task<double> SpentAsync(string address) =>
        Parse(await Client.GetStringAsync(new Uri(address + "/spent")).ConfigureAwait(false));

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Print(string name, IEnumerable<(Run Run, Run Quiet)> runs)
    {
        var pairs = runs.ToList();
        var ratios = pairs.Select(pair => pair.Run.Slowest / pair.Quiet.Slowest).Order().ToList();
        var bad = pairs.Where(pair => pair.Run.Bad > 0)
            .Select(pair => (pair.Run.Processor - pair.Quiet.Processor) / pair.Run.Bad).Order().ToList();
        var processor = bad.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{bad[bad.Count / 2]:F1} µs");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Figures.Median(pairs.Select(pair => pair.Run.Usual)):F0} µs | {Figures.Median(pairs.Select(pair => pair.Run.Slowest)):F0} µs "
            + $"| {ratios[ratios.Count / 2]:F2} | {ratios[0]:F2} to {ratios[^1]:F2} | {processor} |"));
    }

    /// <param name="Usual">The median time to an answer, in microseconds.</param>
    /// <param name="Slowest">The 99th percentile of it.</param>
    /// <param name="Processor">The server's processor time, in microseconds.</param>
    /// <param name="Bad">How many bad ones were sent.</param>
    private sealed record Run(double Usual, double Slowest, double Processor, double Bad);
}
