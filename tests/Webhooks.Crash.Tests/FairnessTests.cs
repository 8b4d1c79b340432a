namespace Webhooks.Crash;

/// <summary>Four receivers out of a hundred behave as badly as they can; the others notice nothing.</summary>
[Collection(nameof(Alone))]
public sealed class FairnessTests
{
    private const int Endpoints = 100;
    private const int Tries = 8;
    private const int Segments = 5;
    private const double Tolerance = 1.2;
    private static readonly TimeSpan Segment = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Change = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BadTimeout = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Ninety_six_endpoints_do_not_feel_the_bad_four()
    {
        await using var scene = await Scene.SetAsync(new SqliteFile(), AddEndpoints, hosts: Endpoints);
        scene.Options = scene.Options with
        {
            RetryDelay = TimeSpan.FromSeconds(1),
            CircuitPause = TimeSpan.FromSeconds(1),
        };
        var node = await scene.StartAsync(Role.Both);
        await scene.SubscribeAllAsync(node);
        await MeasureAsync(scene, node);

        var ratio = double.MaxValue;
        for (var attempt = 0; attempt < Tries && ratio > Tolerance; attempt++)
            ratio = await CompareAsync(scene, node);

        Assert.True(ratio <= Tolerance, $"With the bad four the 99th percentile is {ratio:0.00} times as long.");
    }

    private static void AddEndpoints(Sink sink)
    {
        sink.Add("ep_bad_hang", Answers.Hang, BadTimeout);
        sink.Add("ep_bad_500", Answers.ServerError, BadTimeout);
        sink.Add("ep_bad_reset", Answers.Reset, BadTimeout);
        sink.Add("ep_bad_dribble", Answers.Dribble, BadTimeout);
        for (var good = sink.Endpoints.Count; good < Endpoints; good++)
            sink.Add($"ep_good_{good}", Answers.Ok);
    }

    private static bool IsBad(SinkEndpoint endpoint) => endpoint.Id.StartsWith("ep_bad", StringComparison.Ordinal);

    private static async Task<double> CompareAsync(Scene scene, Node node)
    {
        List<(double Median, double Worst, int Count)> with = [], without = [];
        for (var segment = 0; segment < Segments; segment++)
        {
            await SwitchAsync(scene, node, "disable");
            without.Add(await MeasureAsync(scene, node));
            await SwitchAsync(scene, node, "enable");
            with.Add(await MeasureAsync(scene, node));
        }

        var (worst, usual) = (Middle(with.Select(one => one.Worst)), Middle(without.Select(one => one.Worst)));
        var attempts = scene.Sink.Endpoints.Where(IsBad).Select(endpoint => $"{endpoint.Id} {endpoint.Attempts}");
        Survival.Tell(
            "Fairness, 96 good endpoints beside 4 bad ones",
            $"50th/99th percentile {Middle(with.Select(one => one.Median)):0.0}/{worst:0.0} ms, without the bad four "
            + $"{Middle(without.Select(one => one.Median)):0.0}/{usual:0.0} ms, ratio {worst / usual:0.00}, "
            + $"{with.Sum(one => one.Count)} and {without.Sum(one => one.Count)} deliveries in {Segments} runs each, "
            + $"attempts so far at {string.Join(", ", attempts)}");
        return worst / usual;
    }

    private static async Task SwitchAsync(Scene scene, Node node, string command)
    {
        foreach (var endpoint in scene.Sink.Endpoints.Where(IsBad))
            await node.AskAsync($"{command} {endpoint.Id}", command + "d");
        await Task.Delay(Change, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>The latencies of the good endpoints under load, in milliseconds.</summary>
    private static async Task<(double Median, double Worst, int Count)> MeasureAsync(Scene scene, Node node)
    {
        var began = TimeProvider.System.GetTimestamp();
        await node.AskAsync("load 2 200 plain", "loading");
        await Task.Delay(Segment, TimeProvider.System, TestContext.Current.CancellationToken);
        await node.AskAsync("halt", "halted");
        var good = scene.Sink.Endpoints.Where(endpoint => !IsBad(endpoint)).ToArray();
        await Waiting.UntilAsync(() => good.All(endpoint => endpoint.Received.Count >= scene.Ledger.Accepted));

        var latencies = good.SelectMany(endpoint => endpoint.Received.Values)
            .Where(received => received.Attempts[0].PublishedAt >= began)
            .Select(received => received.Latency.TotalMilliseconds)
            .Order()
            .ToArray();
        return (latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100], latencies.Length);
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
