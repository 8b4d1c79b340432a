using System.Net;

namespace Webhooks.Crash;

/// <summary>Two receivers without an inbox share what they remember of webhooks, and each webhook comes to both of them
/// at once, several times.</summary>
public sealed class OnceSharingTests
{
    private const int Receivers = 2;
    private const int Copies = 8;
    private const int Burst = 5;

    // No process dies here, and a claim that runs out on a slow machine would be an honest second time.
    private static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Concurrent_duplicates_at_two_receivers_without_an_inbox_are_each_handled_exactly_once()
    {
        await using var scene = await ReceivingScene.SetAsync(await PostgresCluster.StartAsync(), HoldFor);
        var receivers = new List<Uri>();
        for (var receiver = 0; receiver < Receivers; receiver++)
            receivers.Add(await (await scene.SpareAsync()).ReceiveAsync());

        for (var round = 0; round < Rounds.Count; round++)
            await PostAsync(scene.Provider, receivers);

        var effects = await scene.ReadEffectsAsync();
        var shares = effects.CountBy(effect => effect.Node).Select(share => share.Value).ToArray();
        Survival.Tell(
            "Once, PostgreSQL, two receivers, duplicates at once",
            $"webhooks {scene.Provider.Webhooks.Count}, requests {scene.Provider.Answers}, effects {effects.Count}, "
            + $"doubled {effects.Count - effects.DistinctBy(effect => effect.Webhook).Count()}, handled by "
            + string.Join(" and ", shares));
        Assert.Equal(
            scene.Provider.Webhooks.Select(webhook => webhook.Id.Value).Order(StringComparer.Ordinal),
            effects.Select(effect => effect.Webhook).Order(StringComparer.Ordinal));
        Assert.Equal(Receivers, shares.Length);
    }

    /// <summary>Posts new webhooks, all copies at once, and then one more copy of each to every receiver.</summary>
    private static async Task PostAsync(Provider provider, IReadOnlyList<Uri> receivers)
    {
        SentWebhook[] webhooks = [.. Enumerable.Range(0, Burst).Select(_ => provider.Create("once"))];

        var atOnce = await PostAsync(provider, receivers, webhooks, Copies);
        var later = await PostAsync(provider, receivers, webhooks, Receivers);

        // A copy of what is being handled is told to come again; what was handled is known to all of them.
        Assert.All(atOnce, status => Assert.True(
            status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"Answered {status}."));
        Assert.All(later, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static Task<HttpStatusCode?[]> PostAsync(
        Provider provider, IReadOnlyList<Uri> receivers, SentWebhook[] webhooks, int copies) => Task.WhenAll(
            from copy in Enumerable.Range(0, copies)
            from webhook in webhooks
            select provider.PostAsync(webhook, receivers[copy % receivers.Count]));
}
