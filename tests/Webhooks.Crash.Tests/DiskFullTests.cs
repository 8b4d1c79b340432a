namespace Webhooks.Crash;

/// <summary>A disk without a byte left: publishing says so, and what it accepted before is delivered.</summary>
public sealed class DiskFullTests
{
    private const int Refusals = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_full_disk_refuses_messages_clearly_and_loses_none()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        await using var scene = await Scene.SetAsync(new SqliteFile(disk.Folder), Scene.ThreeKinds);
        var node = await scene.StartAsync(Role.Both);
        await scene.SubscribeAllAsync(node);
        await node.TellAsync("load 4 5 mixed");

        for (var round = 0; round < Rounds.Count; round++)
        {
            var refused = scene.Ledger.Refusals.Count;
            await Waiting.UntilAsync(() =>
            {
                disk.Fill();
                return scene.Ledger.Refusals.Count >= refused + Refusals;
            });
            disk.Free();
            var accepted = scene.Ledger.Accepted;
            await Waiting.UntilAsync(() => scene.Ledger.Accepted >= accepted + Refusals);
        }

        await node.TellAsync("halt");
        var reckoning = await scene.SettleAsync(Patience);
        Survival.Tell(
            "SQLite, full disk", $"times {Rounds.Count}, refused {scene.Ledger.Refusals.Count}, {reckoning}");
        await scene.CheckAsync(reckoning);
        Assert.All(scene.Ledger.Refusals, reason => Assert.Contains("full", reason, StringComparison.OrdinalIgnoreCase));
    }
}
