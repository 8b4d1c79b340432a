namespace Webhooks.Crash;

/// <summary>SIGKILL of a receiver that drops duplicates, at random moments between claim, handle and mark: each webhook
/// is handled and accepted in the end, and handled again only where the kill came before the mark.</summary>
public sealed class OnceKillTests
{
    private const int Senders = 16;

    // An SQLite file has one writer: more senders would only wait for one another.
    private const int SqliteSenders = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Short, since what a dead receiver had claimed waits for so long; and longer than a living one on a busy machine
    // stands still between two renewals, since a claim that runs out would be an honest second time.
    private static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(2);

    private static int Kills => Math.Max(Rounds.Count / 2, 1);

    [Fact]
    public async Task A_killed_receiver_on_SQLite_loses_nothing_and_doubles_only_what_was_not_marked()
        => await KillAsync(new SqliteFile(), SqliteSenders);

    [Fact]
    public async Task A_killed_receiver_on_PostgreSQL_loses_nothing_and_doubles_only_what_was_not_marked()
        => await KillAsync(await PostgresCluster.StartAsync(), Senders);

    private static async Task KillAsync(TestDatabase database, int senders)
    {
        await using var scene = await ReceivingScene.SetAsync(database, HoldFor);
        var receiver = await scene.SpareAsync();
        var load = ProviderLoad.Start(scene, await receiver.ReceiveAsync(), senders, "once");

        var killed = await ReceiverKills.RunAsync(scene, load, receiver, Kills);
        await load.HaltAsync().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        await load.FinishAsync().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Check(scene, database, killed, await scene.ReadEffectsAsync());
    }

    private static void Check(
        ReceivingScene scene,
        TestDatabase database,
        IReadOnlyDictionary<string, Uri> killed,
        IReadOnlyList<Effect> effects)
    {
        var reckoning = ReceivingReckoning.Of("once", scene.Provider, effects);
        var unmarked = CutOff(scene.Provider, killed, effects);
        Step[] steps = [Step.Handling, Step.Affected];
        Survival.Tell(
            $"Once, {database.Name}, receiver killed",
            $"kills {killed.Count}, {reckoning}; effects whose answer a kill cut off {unmarked.Count}; requests "
            + $"{scene.Provider.Answers}; handlers that the kill found "
            + string.Join(
                ", ", steps.Select(step => $"{step.ToString().ToLowerInvariant()} {scene.Ledger.Count(step)}")));
        Assert.Empty(reckoning.Lost);
        Assert.Empty(reckoning.Ghosts);
        Assert.Equal(0, reckoning.Uncertain);
        Assert.True(reckoning.Accepted > 0, "Nothing was accepted.");
        Assert.True(unmarked.Count + steps.Sum(scene.Ledger.Count) > 0, "No kill found a handler at work.");

        // Of each webhook's effects all but one may be such that their receiver was killed before it had answered.
        Assert.All(
            effects.GroupBy(effect => effect.Webhook),
            webhook => Assert.InRange(webhook.Except(unmarked).Count(), 0, 1));
        Assert.Distinct(effects);
    }

    /// <summary>The effects whose receiver was killed, and had not accepted their webhook: what is answered 2xx is
    /// marked before.</summary>
    private static HashSet<Effect> CutOff(
        Provider provider, IReadOnlyDictionary<string, Uri> killed, IEnumerable<Effect> effects)
    {
        var webhooks = provider.Webhooks.ToDictionary(webhook => webhook.Id.Value);
        return
        [
            .. effects.Where(effect => killed.TryGetValue(effect.Node, out var receiver)
                && webhooks.TryGetValue(effect.Webhook, out var webhook)
                && !webhook.IsAcceptedBy(receiver)),
        ];
    }
}
