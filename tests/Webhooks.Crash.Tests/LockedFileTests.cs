namespace Webhooks.Crash;

/// <summary>Another process keeps the SQLite file to itself: publishers wait, or hear clearly that they can't.</summary>
public sealed class LockedFileTests
{
    private const int LongLocks = 2;
    private static readonly TimeSpan LongLock = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_file_locked_by_another_process_loses_nothing()
    {
        var file = new SqliteFile();
        await using var scene = await Scene.SetAsync(file, Scene.ThreeKinds);
        var publisher = await scene.StartAsync(Role.Publisher);
        await scene.StartAsync(Role.Dispatcher);
        await scene.SubscribeAllAsync(publisher);
        await publisher.TellAsync("load 4 10 mixed");

        for (var round = 0; round < Rounds.Count; round++)
        {
            await scene.PauseAsync(10, 100);
            await using var lockHolder = await file.LockAsync("exclusive");
            if (round < LongLocks)
                await Task.Delay(LongLock, TimeProvider.System, TestContext.Current.CancellationToken);
            else
                await scene.PauseAsync(10, 200);
        }

        await publisher.TellAsync("halt");
        var reckoning = await scene.SettleAsync(Patience);
        Survival.Tell(
            "SQLite, file locked by another process",
            $"times {Rounds.Count}, refused {scene.Ledger.Refusals.Count}, {reckoning}");
        await scene.CheckAsync(reckoning);
        Assert.Empty(scene.Ledger.Refusals);
        Assert.Equal(0, reckoning.Overlaps);
    }

    [Fact]
    public async Task A_file_locked_for_longer_than_the_store_waits_refuses_clearly_and_loses_nothing()
    {
        var file = new SqliteFile();
        await using var scene = await Scene.SetAsync(file, Scene.ThreeKinds);
        scene.Options = scene.Options with
        {
            More = new Dictionary<string, string> { ["Node:LockTimeout"] = "00:00:01" },
        };
        var publisher = await scene.StartAsync(Role.Publisher);
        await scene.StartAsync(Role.Dispatcher);
        await scene.SubscribeAllAsync(publisher);
        await publisher.TellAsync("load 4 10 plain");

        for (var round = 0; round < LongLocks; round++)
        {
            var refused = scene.Ledger.Refusals.Count;
            await using (await file.LockAsync("exclusive"))
                await Waiting.UntilAsync(() => scene.Ledger.Refusals.Count > refused);
            var accepted = scene.Ledger.Accepted;
            await Waiting.UntilAsync(() => scene.Ledger.Accepted >= accepted + 20);
        }

        await publisher.TellAsync("halt");
        var reckoning = await scene.SettleAsync(Patience);
        Survival.Tell(
            "SQLite, file locked for longer than the store waits",
            $"times {LongLocks}, refused {scene.Ledger.Refusals.Count}, {reckoning}");
        await scene.CheckAsync(reckoning);
        Assert.All(scene.Ledger.Refusals, reason => Assert.Contains("LockTimeout", reason, StringComparison.Ordinal));
        Assert.Equal(0, reckoning.Overlaps);
    }
}
