using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Claiming;

/// <summary>Ordering keys are looked for only where there are some, which claims find out by themselves.</summary>
public sealed class OrderedClaimTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_ordered_is_claimed_after_claims_that_found_nothing_ordered()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var store = database.Open();
        await store.InitializeAsync(Cancel);
        var endpoint = await store.CreateEndpointAsync(Some.Endpoint(""), Cancel);
        await PublishAsync(store, endpoint!, orderingKey: null);
        Assert.Equal([false], IsOrdered(await ClaimAsync(store)));

        await PublishAsync(store, endpoint!, "k");
        await PublishAsync(store, endpoint!, orderingKey: null);
        var first = await ClaimAsync(store);
        var second = await ClaimAsync(store);

        Assert.Equal([false], IsOrdered(first));
        Assert.True(first.HasMore);
        Assert.Equal([true], IsOrdered(second));
        Assert.False(second.HasMore);
    }

    [Fact]
    public void The_shorter_statement_knows_no_ordering_keys_but_for_finding_that_there_are_some()
    {
        var sql = new SqlText("webhooks");

        var mentions = sql.ClaimUnordered.Split('\n').Where(static line => line.Contains("order_key IS NOT NULL"));

        Assert.Equal(2, mentions.Count());
        Assert.DoesNotContain("-- if ordered", sql.ClaimUnordered);
        Assert.DoesNotContain("-- end", sql.ClaimUnordered);
    }

    private static IEnumerable<bool> IsOrdered(ClaimResult claim) => claim.Deliveries.Select(static one => one.IsOrdered);

    private static async Task PublishAsync(WebhookStore store, EndpointRecord endpoint, string? orderingKey)
    {
        var message = new NewMessage
        {
            Message = Some.Message() with { OrderingKey = orderingKey },
            Endpoints = [endpoint.Number],
        };
        await store.PublishAsync(new PublishBatch([message], endpoint.Revision), Cancel);
    }

    private static Task<ClaimResult> ClaimAsync(WebhookStore store) => store.ClaimAsync(
        new ClaimRequest
        {
            MaxCount = 10,
            DefaultEndpointLimit = 10,
            LeaseDuration = TimeSpan.FromMinutes(1),
            Lease = Some.Lease(),
        },
        Cancel);
}
