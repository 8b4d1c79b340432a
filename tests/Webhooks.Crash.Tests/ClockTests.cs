namespace Webhooks.Crash;

/// <summary>The wall clock jumps by an hour, either way, while work is under way.</summary>
public sealed class ClockTests
{
    private const int Fresh = 5;
    private static readonly int[] Shifts = [-3600, 0, 3600];
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Clock_jumps_on_SQLite_lose_nothing_and_hold_nothing_up()
        => await JumpAsync(new SqliteFile());

    [Fact]
    public async Task Clock_jumps_on_PostgreSQL_lose_nothing_and_hold_nothing_up()
        => await JumpAsync(await PostgresCluster.StartAsync());

    private static async Task JumpAsync(TestDatabase database)
    {
        await using var scene = await Scene.SetAsync(database, sink =>
        {
            sink.Add("ep_ok", Answers.Ok);
            sink.Add("ep_slow", Answers.After(TimeSpan.FromMilliseconds(300)));
            sink.Add("ep_again", Answers.FailSomeFirst);
        });
        var node = await scene.StartAsync(Role.Both);
        await scene.SubscribeAllAsync(node);

        for (var round = 0; round < Rounds.Count; round++)
        {
            await node.AskAsync($"shift {Shifts[scene.Random.Next(Shifts.Length)]}", "shifted");
            await node.AskAsync($"publish {Fresh} 300", "published");
            await scene.PauseAsync(0, 150);
        }

        // What was to be retried at a time that the clock has jumped away from is due at the latest now.
        await node.AskAsync($"shift {2 * Shifts.Max()}", "shifted");
        var reckoning = await scene.SettleAsync(Patience);
        var slowest = scene.Sink.Endpoints.First().Received.Values.Max(received => received.Latency);
        Survival.Tell(
            $"{database.Name}, clock jumps of an hour",
            $"times {Rounds.Count}, {reckoning}, slowest fresh message {slowest.TotalMilliseconds:0} ms");
        await scene.CheckAsync(reckoning);
        Assert.Equal(0, reckoning.Overlaps);
        Assert.True(slowest < Promptly, $"A fresh message took {slowest}.");
    }
}
