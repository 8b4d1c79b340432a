using System.Globalization;

namespace Webhooks.Benchmarks.Sending;

/// <summary>
/// Processor time and allocations a request of three senders, 64 requests at once, each in a process of its own, the
/// sink in another. Rounds alternate between the senders.
/// </summary>
internal static class SendBenchmark
{
    private static readonly string[] Variants = ["invoker", "webhooks", "naive"];
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static async Task<int> RunAsync(int requests, int rounds)
    {
        var certificate = Path.GetTempFileName();
        using var sink = ChildProcess.Self(new Dictionary<string, string>(), "send-sink", certificate);
        var addresses = (await sink.ReadAsync("listening").ConfigureAwait(false)).Split(' ');
        var runs = Variants.ToDictionary(variant => variant, _ => new List<Run>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in Variants)
            {
                runs[variant].Add(await MeasureAsync(variant, addresses[0], requests, null).ConfigureAwait(false));
            }
        }

        Print(runs);
        await PrintReuseAsync(addresses, requests, certificate).ConfigureAwait(false);
        File.Delete(certificate);
        return 0;
    }

    private static void Print(Dictionary<string, List<Run>> runs)
    {
        Console.WriteLine("| sender | CPU a request, median | of the invoker | of the naive one | allocated a request | requests/s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var variant in Variants)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {variant} | {Figures.Median(runs[variant].Select(run => run.Microseconds)):F1} µs | {Ratio(runs, variant, "invoker"):F2} "
                + $"| {Ratio(runs, variant, "naive"):F2} | {Figures.Median(runs[variant].Select(run => run.Allocated)):F0} B "
                + $"| {Figures.Median(runs[variant].Select(run => run.RequestsPerSecond)):F0} |"));
        }
    }

    private static async Task PrintReuseAsync(string[] addresses, int requests, string certificate)
    {
        var before = await ConnectionsAsync(addresses[0]).ConfigureAwait(false);
        var run = await MeasureAsync("webhooks", addresses[1], requests, certificate).ConfigureAwait(false);
        var connections = await ConnectionsAsync(addresses[0]).ConfigureAwait(false) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nOver TLS: {3 * requests} requests on {connections} connections, {1 - (connections / (3.0 * requests)):P2} reuse, "
            + $"{run.Microseconds:F1} µs CPU a request."));
    }

    private static async Task<long> ConnectionsAsync(string address) => long.Parse(
        await Client.GetStringAsync(new Uri(address + "/connections")).ConfigureAwait(false), CultureInfo.InvariantCulture);

    private static async Task<Run> MeasureAsync(string variant, string address, int requests, string? certificate)
    {
        var environment = certificate is null
            ? []
            : new Dictionary<string, string> { [SendClient.CertificateVariable] = certificate };
        using var client = ChildProcess.Self(
            environment, "send-client", variant, address + "/hook", "--requests", requests.ToString(CultureInfo.InvariantCulture));
        var figures = (await client.ReadAsync("measured").ConfigureAwait(false)).Split(' ')
            .Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new Run(figures[0], figures[1], figures[2]);
    }

    private static double Ratio(Dictionary<string, List<Run>> runs, string variant, string yardstick) =>
        Figures.Median(runs[variant].Zip(runs[yardstick], (ours, theirs) => ours.Microseconds / theirs.Microseconds));

    private sealed record Run(double Microseconds, double Allocated, double RequestsPerSecond);
}
