namespace Webhooks.Crash;

/// <summary>SIGKILL at random moments, also while a node starts: what was promised is kept.</summary>
public sealed class KillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_killed_process_on_SQLite_loses_nothing()
        => await KillAsync(new SqliteFile(), "Kills, SQLite, one process", Role.Both);

    [Fact]
    public async Task Killed_publishers_and_dispatchers_on_SQLite_lose_nothing()
        => await KillAsync(new SqliteFile(), "Kills, SQLite, two processes", Role.Publisher, Role.Dispatcher);

    [Fact]
    public async Task Killed_publishers_and_dispatchers_on_PostgreSQL_lose_nothing() => await KillAsync(
        await PostgresCluster.StartAsync(),
        "Kills, PostgreSQL, four processes",
        Role.Publisher,
        Role.Publisher,
        Role.Dispatcher,
        Role.Dispatcher);

    private static async Task KillAsync(TestDatabase database, string title, params Role[] roles)
    {
        await using var scene = await Scene.SetAsync(database, Scene.ThreeKinds);
        var crew = new List<(Role Role, Node Node)>();
        foreach (var role in roles)
            crew.Add((role, await scene.StartAsync(role)));
        await scene.SubscribeAllAsync(crew[0].Node);
        foreach (var (role, node) in crew)
            await LoadAsync(role, node);

        var kills = 0;
        while (kills < Rounds.Count)
        {
            // The next node starts while the last one is still at work.
            var place = scene.Random.Next(crew.Count);
            var (role, victim) = crew[place];
            var successor = await scene.SpareAsync();
            await ProgressAsync(scene);

            await victim.KillAsync();
            await successor.TellAsync($"go {role.ToString().ToLowerInvariant()}");
            await LoadAsync(role, successor);
            crew[place] = (role, successor);
            kills++;
        }

        foreach (var (role, node) in crew.Where(member => member.Role != Role.Dispatcher))
            await node.TellAsync("halt");
        var reckoning = await scene.SettleAsync(Patience);

        Survival.Tell(title, $"kills {kills}, {reckoning}");
        await scene.CheckAsync(reckoning);
        Assert.Equal(0, reckoning.Overlaps);
    }

    // Mostly there is something going on before the next kill, however slow the machine; now and then there isn't.
    private static async Task ProgressAsync(Scene scene)
    {
        var (accepted, attempts) = (scene.Ledger.Accepted, scene.Sink.Attempts);
        await scene.PauseAsync(20, 150);
        if (scene.Random.Next(4) > 0)
            await Waiting.UntilAsync(() => scene.Ledger.Accepted > accepted + 10 && scene.Sink.Attempts > attempts + 10);
    }

    private static async Task LoadAsync(Role role, Node node)
    {
        if (role != Role.Dispatcher)
            await node.TellAsync("load 8 10 mixed");
    }
}
