namespace Webhooks.Crash;

/// <summary>Several dispatchers on one database: each delivery is attempted by one of them at a time, and the work is
/// shared.</summary>
public sealed class SharingTests
{
    private const int Dispatchers = 4;
    private const int Burst = 20;
    private const int LongRunning = 12;
    private const double LeastShare = 0.05;
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Four_dispatchers_share_the_work_and_never_attempt_the_same_delivery_at_once()
    {
        await using var scene = await Scene.SetAsync(await PostgresCluster.StartAsync(), sink =>
        {
            Scene.ThreeKinds(sink);
            sink.Add("ep_long", Answers.After(LongerThanALease), eventType: "report.asked");
        });
        var publisher = await scene.StartAsync(Role.Publisher);
        for (var node = 0; node < Dispatchers; node++)
            await scene.StartAsync(Role.Dispatcher);
        await scene.SubscribeAllAsync(publisher);

        await publisher.AskAsync($"publish {LongRunning} 300 report.asked", "published");
        for (var round = 0; round < Rounds.Count; round++)
        {
            await publisher.AskAsync($"publish {Burst} 300", "published");
            await scene.PauseAsync(10, 60);
        }

        var reckoning = await scene.SettleAsync(Patience);
        var shares = Shares(scene.Sink);
        Survival.Tell(
            "PostgreSQL, four dispatchers",
            $"bursts {Rounds.Count}, {reckoning}, shares {string.Join(" ", shares.Select(share => $"{share:P0}"))}");
        await scene.CheckAsync(reckoning);
        Assert.Equal(0, reckoning.Overlaps);
        Assert.Equal(0, reckoning.Duplicates);
        Assert.Equal(Dispatchers, shares.Count);
        Assert.All(shares, share => Assert.True(share >= LeastShare, $"A dispatcher did {share:P1} of the work."));
    }

    private static List<double> Shares(Sink sink)
    {
        var attempts = sink.Endpoints
            .SelectMany(endpoint => endpoint.Received.Values)
            .SelectMany(received => received.Attempts)
            .ToArray();
        return [.. attempts.CountBy(attempt => attempt.Node)
            .Select(node => (double)node.Value / attempts.Length)
            .OrderDescending()];
    }
}
