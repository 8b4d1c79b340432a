namespace Webhooks.Crash;

/// <summary>SIGKILL of a receiver at random moments between verify, store, handle and mark: what was answered 202 is
/// handled, and has its effect once where the effect and the mark are of one transaction.</summary>
public sealed class InboxKillTests
{
    [Fact]
    public async Task A_killed_receiver_on_SQLite_loses_nothing_and_doubles_nothing_that_is_marked()
        => await KillAsync(new SqliteFile());

    [Fact]
    public async Task A_killed_receiver_on_PostgreSQL_loses_nothing_and_doubles_nothing_that_is_marked()
        => await KillAsync(await PostgresCluster.StartAsync());

    private static async Task KillAsync(TestDatabase database)
    {
        await using var scene = await InboxScene.SetAsync(database);
        var receiver = await scene.SpareAsync();
        var load = ProviderLoad.Start(scene.Provider, scene.Ledger, await receiver.ReceiveAsync(), Rounds.Seed);

        for (var kill = 0; kill < Rounds.Count; kill++)
        {
            var successor = await scene.SpareAsync();
            await ProgressAsync(scene);

            // Half of the time the next receiver is at work already, on the same inbox.
            var overlap = scene.Random.Next(2) == 0;
            if (overlap)
                load.Receiver = await successor.ReceiveAsync();
            await receiver.KillAsync();
            if (!overlap)
                load.Receiver = await successor.ReceiveAsync();
            receiver = successor;
        }

        await load.HaltAsync();
        var effects = await scene.SettleAsync();
        Check(scene, database, effects);
    }

    // Mostly there is something going on before the next kill, however slow the machine; now and then there isn't.
    private static async Task ProgressAsync(InboxScene scene)
    {
        var (accepted, handled) = (scene.Provider.Accepted, scene.Ledger.Handled);
        await Task.Delay(
            TimeSpan.FromMilliseconds(scene.Random.Next(20, 150)),
            TimeProvider.System,
            TestContext.Current.CancellationToken);
        if (scene.Random.Next(4) > 0)
            await Scene.UntilAsync(() => scene.Provider.Accepted > accepted + 5 && scene.Ledger.Handled > handled + 5);
    }

    private static void Check(InboxScene scene, TestDatabase database, IReadOnlyList<Effect> effects)
    {
        var joined = InboxReckoning.Of("joined", scene.Provider, effects);
        var plain = InboxReckoning.Of("plain", scene.Provider, effects);
        Step[] steps = [Step.Handling, Step.Affected, Step.Marked];
        Survival.Tell(
            $"Inbox, {database.Name}, receiver killed",
            $"kills {Rounds.Count}, marked in the effect's transaction: {joined}; not marked: {plain}; requests "
            + $"{scene.Provider.Answers}; handlers that the kill found "
            + string.Join(", ", steps.Select(step => $"{step.ToString().ToLowerInvariant()} {scene.Ledger.Count(step)}")));
        Assert.Equal(0, joined.Doubled);
        Assert.Empty(joined.Lost);
        Assert.Empty(plain.Lost);
        Assert.Empty(joined.Ghosts);
        Assert.Empty(plain.Ghosts);
        Assert.True(joined.Accepted > 0 && plain.Accepted > 0, "Nothing was accepted.");
        Assert.True(steps.Sum(scene.Ledger.Count) > 0, "No kill found a handler at work.");
    }
}
