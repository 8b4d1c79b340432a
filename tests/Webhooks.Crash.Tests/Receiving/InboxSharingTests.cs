using System.Net;

namespace Webhooks.Crash;

/// <summary>Two receivers share an inbox, and each webhook comes to both of them at once, several times.</summary>
public sealed class InboxSharingTests
{
    private const int Receivers = 2;
    private const int Copies = 8;
    private const int Burst = 10;

    [Fact]
    public async Task Concurrent_duplicates_at_two_receivers_are_each_handled_exactly_once()
    {
        await using var scene = await ReceivingScene.SetAsync(await PostgresCluster.StartAsync());
        // No process dies here, and a lease that runs out on a slow machine would be an honest second time.
        scene.Options = scene.Options with { Lease = TimeSpan.FromMinutes(5) };
        var receivers = new List<Uri>();
        for (var receiver = 0; receiver < Receivers; receiver++)
            receivers.Add(await (await scene.SpareAsync()).ReceiveAsync());

        var statuses = new List<HttpStatusCode?>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            SentWebhook[] webhooks = [.. Enumerable.Range(0, Burst).Select(
                number => scene.Provider.Create(number % 2 == 0 ? "joined" : "plain"))];
            statuses.AddRange(await Task.WhenAll(
                from copy in Enumerable.Range(0, Copies)
                from webhook in webhooks
                select scene.Provider.PostAsync(webhook, receivers[copy % Receivers])));
        }

        var effects = await scene.SettleAsync();
        var shares = effects.CountBy(effect => effect.Node).Select(share => share.Value).ToArray();
        Survival.Tell(
            "Inbox, PostgreSQL, two receivers, duplicates at once",
            $"webhooks {scene.Provider.Webhooks.Count}, requests {scene.Provider.Answers}, effects {effects.Count}, "
            + $"doubled {effects.Count - effects.DistinctBy(effect => effect.Webhook).Count()}, handled by "
            + string.Join(" and ", shares));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Accepted, status));
        Assert.Equal(
            scene.Provider.Webhooks.Select(webhook => webhook.Id.Value).Order(StringComparer.Ordinal),
            effects.Select(effect => effect.Webhook).Order(StringComparer.Ordinal));
        Assert.All(effects, effect => Assert.Equal(1, effect.Attempt));
        Assert.Equal(Receivers, shares.Length);
    }
}
