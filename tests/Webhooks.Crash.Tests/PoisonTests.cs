using System.Globalization;

namespace Webhooks.Crash;

/// <summary>Messages and endpoints that are hard to swallow.</summary>
public sealed class PoisonTests
{
    private const int SizeLimit = 1024 * 1024;
    private const int LargeMessages = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Payloads_at_the_size_limit_survive_kills_on_SQLite() => await LargeAsync(new SqliteFile());

    [Fact]
    public async Task Payloads_at_the_size_limit_survive_kills_on_PostgreSQL()
        => await LargeAsync(await PostgresCluster.StartAsync());

    [Fact]
    public async Task Endpoints_deleted_while_in_flight_hurt_nobody_on_SQLite() => await DeleteAsync(new SqliteFile());

    [Fact]
    public async Task Endpoints_deleted_while_in_flight_hurt_nobody_on_PostgreSQL()
        => await DeleteAsync(await PostgresCluster.StartAsync());

    [Fact]
    public async Task A_policy_and_an_observer_that_throw_hurt_nobody_else_on_SQLite() => await ThrowAsync(new SqliteFile());

    [Fact]
    public async Task A_policy_and_an_observer_that_throw_hurt_nobody_else_on_PostgreSQL()
        => await ThrowAsync(await PostgresCluster.StartAsync());

    private static async Task LargeAsync(TestDatabase database)
    {
        await using var scene = await Scene.SetAsync(database, Scene.ThreeKinds);
        var node = await scene.StartAsync(Role.Both);
        await scene.SubscribeAllAsync(node);

        for (var round = 0; round < Rounds.Count; round++)
        {
            var (accepted, attempts) = (scene.Ledger.Accepted, scene.Sink.Attempts);
            await node.TellAsync($"publish 1 {SizeLimit + 1}");
            for (var message = 0; message < LargeMessages; message++)
                await node.TellAsync($"publish 1 {SizeLimit}");
            var successor = await scene.SpareAsync();

            // Mostly in the middle of it, now and then before it has begun.
            if (scene.Random.Next(4) > 0)
                await Waiting.UntilAsync(() => scene.Ledger.Accepted > accepted && scene.Sink.Attempts > attempts);
            await scene.PauseAsync(0, 50);
            await node.KillAsync();
            await successor.GoAsync(Role.Both);
            node = successor;
        }

        await node.AskAsync($"publish 1 {SizeLimit + 1}", "published");
        await node.AskAsync($"publish 1 {SizeLimit}", "published");
        var reckoning = await scene.SettleAsync(Patience);
        Survival.Tell($"{database.Name}, payloads of {SizeLimit} bytes", $"kills {Rounds.Count}, {reckoning}");
        await scene.CheckAsync(reckoning);
        Assert.NotEmpty(scene.Ledger.Refusals);
        Assert.All(
            scene.Ledger.Refusals,
            reason => Assert.Contains(SizeLimit.ToString(CultureInfo.InvariantCulture), reason, StringComparison.Ordinal));
    }

    private static async Task DeleteAsync(TestDatabase database)
    {
        await using var scene = await Scene.SetAsync(database, sink =>
        {
            sink.Add("ep_ok", Answers.Ok);
            AddOnePerRound(sink, Answers.After(TimeSpan.FromMilliseconds(50)));
        });
        var node = await scene.StartAsync(Role.Both);
        await scene.SubscribeAllAsync(node);

        foreach (var endpoint in scene.Sink.Endpoints.Skip(1))
        {
            endpoint.IsOwed = false;
            await node.AskAsync($"publish 20 300 {endpoint.EventType}", "published");
            await Waiting.UntilAsync(() => endpoint.Attempts > 0);
            await scene.PauseAsync(0, 60);
            await node.AskAsync($"delete {endpoint.Id}", "deleted");
            await node.AskAsync("publish 1 300", "published");
        }

        var reckoning = await scene.SettleAsync(Patience);
        await using var view = database.View();
        var states = (await view.ReadAllAsync()).CountBy(delivery => delivery.State).ToDictionary();
        Survival.Tell(
            $"{database.Name}, endpoints deleted in flight", $"times {Rounds.Count}, {reckoning}, {Text(states)}");
        Assert.Empty(reckoning.Lost);
        Assert.Empty(reckoning.Ghosts);
        Assert.Equal(0, reckoning.Overlaps);
        Assert.True(states[DeliveryState.Cancelled] > 0, "No delivery was cancelled.");
        Assert.Equal([DeliveryState.Succeeded, DeliveryState.Cancelled], states.Keys.Order());
    }

    private static async Task ThrowAsync(TestDatabase database)
    {
        await using var scene = await Scene.SetAsync(database, sink =>
        {
            sink.Add("ep_ok", Answers.Ok);
            sink.Add("ep_again", Answers.FailSomeFirst).IsOwed = false;
            AddOnePerRound(sink, Answers.Gone);
        });
        scene.Options = scene.Options with { More = new Dictionary<string, string> { ["Node:Throws"] = "true" } };
        var node = await scene.StartAsync(Role.Both);
        await scene.SubscribeAllAsync(node);

        // The policy throws when an attempt has failed, the observer when an endpoint is disabled because it is gone.
        foreach (var endpoint in scene.Sink.Endpoints.Skip(2))
        {
            endpoint.IsOwed = false;
            await node.AskAsync($"publish 1 300 {endpoint.EventType}", "published");
            await node.AskAsync("publish 5 300", "published");
        }

        var reckoning = await scene.SettleAsync(Patience);
        await using var view = database.View();
        var ends = (await view.ReadAllAsync()).CountBy(delivery => delivery.Failure).ToDictionary();
        Survival.Tell($"{database.Name}, a policy and an observer throw", $"times {Rounds.Count}, {reckoning}, {Text(ends)}");
        Assert.Empty(reckoning.Lost);
        Assert.Empty(reckoning.Ghosts);
        Assert.Equal(Rounds.Count, ends[DeliveryFailure.EndedByReceiver]);
        Assert.True(ends[DeliveryFailure.RetryPolicyThrew] > 0, "The policy didn't throw.");
        Assert.Equal(3, ends.Count);
        Assert.Contains("This observer throws.", node.Errors, StringComparison.Ordinal);
    }

    private static void AddOnePerRound(Sink sink, Answer answer)
    {
        for (var round = 0; round < Rounds.Count; round++)
            sink.Add($"ep_{round}", answer, eventType: $"round.n{round}");
    }

    private static string Text<T>(Dictionary<T, int> counts)
        where T : struct => string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
}
