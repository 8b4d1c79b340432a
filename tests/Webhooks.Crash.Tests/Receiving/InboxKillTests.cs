namespace Webhooks.Crash;

/// <summary>SIGKILL of a receiver at random moments between verify, store, handle and mark: what was answered 202 is
/// handled, and has its effect once where the effect and the mark are of one transaction.</summary>
public sealed class InboxKillTests
{
    private const int Senders = 4;

    [Fact]
    public async Task A_killed_receiver_on_SQLite_loses_nothing_and_doubles_nothing_that_is_marked()
        => await KillAsync(new SqliteFile());

    [Fact]
    public async Task A_killed_receiver_on_PostgreSQL_loses_nothing_and_doubles_nothing_that_is_marked()
        => await KillAsync(await PostgresCluster.StartAsync());

    private static async Task KillAsync(TestDatabase database)
    {
        await using var scene = await ReceivingScene.SetAsync(database);
        var receiver = await scene.SpareAsync();
        var load = ProviderLoad.Start(scene, await receiver.ReceiveAsync(), Senders, "joined", "plain");

        await ReceiverKills.RunAsync(scene, load, receiver, Rounds.Count);
        await load.HaltAsync();
        var effects = await scene.SettleAsync();
        Check(scene, database, effects);
    }

    private static void Check(ReceivingScene scene, TestDatabase database, IReadOnlyList<Effect> effects)
    {
        var joined = ReceivingReckoning.Of("joined", scene.Provider, effects);
        var plain = ReceivingReckoning.Of("plain", scene.Provider, effects);
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
