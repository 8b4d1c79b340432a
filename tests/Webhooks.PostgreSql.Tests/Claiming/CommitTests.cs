using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Claiming;

/// <summary>What a claim waits for before it is said to be done.</summary>
public sealed class CommitTests
{
    // What the settings are when the transaction ends.
    private const string Watch =
        """
        CREATE TABLE seen (value text);
        CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER see AFTER UPDATE OR DELETE ON webhooks.pending
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION see();
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "off")]
    [InlineData("order-1", "on")]
    public async Task A_lease_is_waited_for_on_disk_only_where_something_is_ordered(string? orderingKey, string commits)
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var store = database.Open();
        var claim = await ClaimNewAsync(store, database, orderingKey);

        Assert.Single(claim.Deliveries);
        Assert.Equal(commits, await database.RunAsync("SELECT string_agg(value, ' ') FROM seen"));
    }

    [Fact]
    public async Task An_outcome_is_waited_for_on_disk()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var store = database.Open();
        var claim = await ClaimNewAsync(store, database, orderingKey: null);
        await database.RunAsync("TRUNCATE seen");

        Assert.Equal([true], await store.CompleteAsync([claim.Succeed(claim.Only)], Cancel));

        Assert.Equal("on", await database.RunAsync("SELECT string_agg(value, ' ') FROM seen"));
    }

    private static async Task<Claim> ClaimNewAsync(WebhookStore store, PostgresDatabase database, string? orderingKey)
    {
        await store.InitializeAsync(Cancel);
        var endpoint = await store.CreateEndpointAsync(Some.Endpoint(""), Cancel);
        await store.PublishAsync(endpoint!, orderingKey);
        await database.RunAsync(Watch);
        return await store.ClaimAsync();
    }
}
