namespace Webhooks.Crash;

/// <summary>A process that stands still past its leases and goes on: what it held belongs to others by then.</summary>
public sealed class PausedProcessTests
{
    private const int Sleepers = 10;
    private const int Messages = 150;
    private static readonly TimeSpan Reaction = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WithoutDoubt = TimeSpan.FromSeconds(2);
    private static readonly string[] Endpoints = ["ep_1", "ep_2", "ep_3"];

    [Fact]
    public async Task A_process_that_slept_past_its_leases_changes_nothing_it_no_longer_owns_on_SQLite()
        => await PauseAsync(new SqliteFile());

    [Fact]
    public async Task A_process_that_slept_past_its_leases_changes_nothing_it_no_longer_owns_on_PostgreSQL()
        => await PauseAsync(await PostgresCluster.StartAsync());

    private static async Task PauseAsync(TestDatabase database)
    {
        await using var scene = await Scene.SetAsync(database, sink =>
        {
            foreach (var endpoint in Endpoints)
                sink.Add(endpoint, Answers.Ok);
        });
        // What a sleeper would write is a failure, and the last word on its delivery.
        scene.Options = scene.Options with
        {
            MaxAttempts = 1,
            More = new Dictionary<string, string>
            {
                ["Delivery:MaxConcurrency"] = "16",
                ["Delivery:MaxLeased"] = "64",
                ["Delivery:CircuitThreshold"] = "10000",
                ["Delivery:PollInterval"] = "00:00:00.5",
            },
        };
        var publisher = await scene.StartAsync(Role.Publisher);
        await scene.SubscribeAllAsync(publisher);
        var sleepers = new List<Node>();
        for (var sleeper = 0; sleeper < Sleepers; sleeper++)
            sleepers.Add(await scene.StartAsync(Role.Dispatcher));

        var (sleeps, late, hasty) = (0, 0, 0);
        for (var night = 0; sleeps < Rounds.Count; night++)
        {
            sleeps += sleepers.Count;
            if (night % 2 == 0)
                late += await SleepAsync(scene, publisher, sleepers, atAnyMoment: false);
            else
                hasty += await SleepAsync(scene, publisher, sleepers, atAnyMoment: true);
        }

        var reckoning = await scene.SettleAsync(TimeSpan.FromSeconds(30));
        Survival.Tell(
            $"{database.Name}, processes paused past their leases",
            $"pauses {sleeps}, {reckoning}, attempts begun without a lease {late}, begun before the pause and made after "
            + $"it {hasty}");
        await scene.CheckAsync(reckoning);
        Assert.Equal(0, late);
        await using var view = scene.Database.View();
        Assert.All(await view.ReadAllAsync(), delivery =>
        {
            Assert.Equal(1, delivery.Attempts);
            Assert.True(delivery.LastAttempt!.Succeeded);
        });
    }

    /// <returns>How many attempts the nodes made afterwards of what wasn't theirs any more. When they fall asleep at
    /// any moment, that may be the moment between an attempt's beginning and its first byte.</returns>
    private static async Task<int> SleepAsync(Scene scene, Node publisher, List<Node> sleepers, bool atAnyMoment)
    {
        var trap = new Trap(sleepers.Select(sleeper => sleeper.Name));
        foreach (var endpoint in scene.Sink.Endpoints)
            endpoint.Answer = trap.AnswerAsync;
        var successor = await scene.SpareAsync();
        await publisher.AskAsync($"publish {Messages} 300", "published");
        await Waiting.UntilAsync(() => trap.Caught.Count == sleepers.Count);
        await (atAnyMoment ? scene.PauseAsync(0, 100) : QuietAsync(scene.Sink));

        await Waiting.UntilAsync(() => TryFreezeAsync(scene, sleepers));
        var frozenAt = TimeProvider.System.GetUtcNow();
        await successor.GoAsync(Role.Dispatcher);
        await Waiting.UntilAsync(() => !Reckoning.Missing(scene.Ledger, scene.Sink).Any());
        trap.Release();
        foreach (var sleeper in sleepers)
            Signals.Thaw(sleeper.ProcessId);
        await Task.Delay(Reaction, TimeProvider.System, TestContext.Current.CancellationToken);

        await successor.StopAsync();
        return scene.Sink.Endpoints.SelectMany(endpoint => endpoint.Received.Values)
            .SelectMany(received => received.Attempts)
            .Count(attempt => attempt.SignedAt > frozenAt + WithoutDoubt && attempt.Node != successor.Name);
    }

    // Whoever falls asleep while it writes to an SQLite file keeps everybody else from writing: nobody could take over.
    private static async Task<bool> TryFreezeAsync(Scene scene, List<Node> sleepers)
    {
        foreach (var sleeper in sleepers)
            Signals.Freeze(sleeper.ProcessId);
        // One that still runs could begin to write after the look.
        await Waiting.UntilAsync(() => sleepers.TrueForAll(sleeper => Signals.IsFrozen(sleeper.ProcessId)));
        if (await scene.Database.CanWriteAsync())
            return true;

        foreach (var sleeper in sleepers)
            Signals.Thaw(sleeper.ProcessId);
        await scene.PauseAsync(20, 100);
        return false;
    }

    // All of the nodes' slots are taken by then, and what else they hold waits for one.
    private static async Task QuietAsync(Sink sink)
    {
        var before = -1;
        while (before != sink.Attempts)
        {
            before = sink.Attempts;
            await Task.Delay(Quiet, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
