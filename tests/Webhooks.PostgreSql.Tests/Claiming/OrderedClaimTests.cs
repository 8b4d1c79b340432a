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
        await store.PublishAsync(endpoint!, orderingKey: null);
        Assert.Equal([false], IsOrdered(await store.ClaimAsync()));

        await store.PublishAsync(endpoint!, "k");
        await store.PublishAsync(endpoint!, orderingKey: null);
        var first = await store.ClaimAsync();
        var second = await store.ClaimAsync();

        Assert.Equal([false], IsOrdered(first));
        Assert.True(first.Result.HasMore);
        Assert.Equal([true], IsOrdered(second));
        Assert.False(second.Result.HasMore);
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

    private static IEnumerable<bool> IsOrdered(Claim claim) => claim.Deliveries.Select(static one => one.IsOrdered);
}
