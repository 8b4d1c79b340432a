namespace Webhooks.Crash;

/// <summary>The database goes away under load and comes back.</summary>
public sealed class PostgresOutageTests
{
    private const int PausesEach = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_server_that_crashes_and_recovers_loses_nothing()
        => await BreakAsync("PostgreSQL crashes and recovers", async (scene, cluster) =>
        {
            await scene.PauseAsync(50, 250);
            await cluster.Server.StopImmediatelyAsync();
            await cluster.Server.StartAgainAsync();
        });

    [Fact]
    public async Task Cut_connections_lose_nothing()
        => await BreakAsync("PostgreSQL cuts connections", async (scene, cluster) =>
        {
            await scene.PauseAsync(20, 150);
            await cluster.CutConnectionsAsync();
        });

    [Fact]
    public async Task A_failover_of_ten_seconds_loses_nothing()
    {
        // Standing still costs time and nothing else, so many servers do it side by side.
        var servers = (Rounds.Count + PausesEach - 1) / PausesEach;
        var reckonings = await Task.WhenAll(Enumerable.Range(0, servers).Select(_ => FailOverAsync()));

        var reckoning = Reckoning.Sum(reckonings);
        Survival.Tell(
            $"PostgreSQL stands still for {Pause.TotalSeconds:0} s",
            $"times {servers * PausesEach}, on {servers} servers, {reckoning}");
        Assert.Equal(0, reckoning.Overlaps);
    }

    private static Task<Reckoning> FailOverAsync() => BreakAsync(PausesEach, "load 2 60 mixed", async (scene, cluster) =>
    {
        await scene.PauseAsync(200, 1000);
        await cluster.Server.PauseAsync();
        await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.Server.ResumeAsync();
    });

    private static async Task BreakAsync(string title, Func<Scene, PostgresCluster, Task> breakOnceAsync)
    {
        var reckoning = await BreakAsync(Rounds.Count, "load 8 20 mixed", breakOnceAsync);
        Survival.Tell(title, $"times {Rounds.Count}, {reckoning}");
        Assert.Equal(0, reckoning.Overlaps);
    }

    private static async Task<Reckoning> BreakAsync(
        int rounds, string load, Func<Scene, PostgresCluster, Task> breakOnceAsync)
    {
        var cluster = await PostgresCluster.StartAsync();
        await using var scene = await Scene.SetAsync(cluster, Scene.ThreeKinds);
        var publisher = await scene.StartAsync(Role.Publisher);
        await scene.StartAsync(Role.Dispatcher);
        await scene.StartAsync(Role.Dispatcher);
        await scene.SubscribeAllAsync(publisher);
        await publisher.TellAsync(load);

        for (var round = 0; round < rounds; round++)
            await breakOnceAsync(scene, cluster);
        await publisher.TellAsync("halt");
        var reckoning = await scene.SettleAsync(Patience);
        await scene.CheckAsync(reckoning);
        return reckoning;
    }
}
