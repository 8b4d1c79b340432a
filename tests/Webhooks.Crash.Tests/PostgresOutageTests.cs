namespace Webhooks.Crash;

/// <summary>The database goes away under load and comes back.</summary>
public sealed class PostgresOutageTests
{
    private const int Pauses = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_server_that_crashes_and_recovers_loses_nothing()
        => await BreakAsync("PostgreSQL crashes and recovers", Rounds.Count, async (scene, cluster) =>
        {
            await scene.PauseAsync(50, 250);
            await cluster.Server.StopImmediatelyAsync();
            await cluster.Server.StartAgainAsync();
        });

    [Fact]
    public async Task Cut_connections_lose_nothing()
        => await BreakAsync("PostgreSQL cuts connections", Rounds.Count, async (scene, cluster) =>
        {
            await scene.PauseAsync(20, 150);
            await cluster.CutConnectionsAsync();
        });

    [Fact]
    public async Task A_failover_of_ten_seconds_loses_nothing()
        => await BreakAsync("PostgreSQL stands still for 10 s", Pauses, async (scene, cluster) =>
        {
            await scene.PauseAsync(200, 1000);
            await cluster.Server.PauseAsync();
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            await cluster.Server.ResumeAsync();
        });

    private static async Task BreakAsync(string title, int rounds, Func<Scene, PostgresCluster, Task> breakOnceAsync)
    {
        var cluster = await PostgresCluster.StartAsync();
        await using var scene = await Scene.SetAsync(cluster, Scene.ThreeKinds);
        var publisher = await scene.StartAsync(Role.Publisher);
        await scene.StartAsync(Role.Dispatcher);
        await scene.StartAsync(Role.Dispatcher);
        await scene.SubscribeAllAsync(publisher);
        await publisher.TellAsync("load 8 20 mixed");

        for (var round = 0; round < rounds; round++)
            await breakOnceAsync(scene, cluster);
        await publisher.TellAsync("halt");
        var reckoning = await scene.SettleAsync(Patience);

        Survival.Tell(title, $"times {rounds}, {reckoning}");
        await scene.CheckAsync(reckoning);
        Assert.Equal(0, reckoning.Overlaps);
    }
}
