using Npgsql;
using Webhooks.Stores;
using Webhooks.Support;

namespace Webhooks.Schema;

/// <summary>The tables are made, and brought up to date, by whoever comes first or by hand.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Ten_nodes_that_start_together_on_an_empty_database_all_find_the_tables()
    {
        for (var round = 0; round < 5; round++)
        {
            var stores = Enumerable.Range(0, 10).Select(_ => _database.Open()).ToArray();

            await Task.WhenAll(stores.Select(store => Task.Run(() => store.InitializeAsync(Cancel), Cancel)));

            Assert.Equal((long)PostgreSqlSchema.Steps, await _database.RunAsync("SELECT count(*) FROM webhooks.version"));
            Assert.Equal(1L, await _database.RunAsync("SELECT count(*) FROM webhooks.revision"));
            foreach (var store in stores)
            {
                Assert.NotNull(await store.CreateEndpointAsync(Some.Endpoint(), Cancel));
                await store.DisposeAsync();
            }

            await _database.RunAsync("DROP SCHEMA webhooks CASCADE");
        }
    }

    [Fact]
    public async Task The_script_makes_what_the_store_makes_and_run_again_does_nothing()
    {
        await using (var store = _database.Open())
            await store.InitializeAsync(Cancel);
        var made = await ColumnsAsync();
        await _database.RunAsync("DROP SCHEMA webhooks CASCADE");

        await _database.RunAsync(PostgreSqlSchema.Script());
        await _database.RunAsync(PostgreSqlSchema.Script());

        Assert.Equal(made, await ColumnsAsync());
    }

    [Fact]
    public async Task A_store_that_may_not_change_the_schema_says_so_and_takes_what_the_script_made()
    {
        await using var store = _database.Open(configure: options => options.CreateSchema = false);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InitializeAsync(Cancel));
        await _database.RunAsync(PostgreSqlSchema.Script());
        await store.InitializeAsync(Cancel);

        Assert.Contains("PostgreSqlSchema.Script(\"webhooks\")", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(await store.CreateEndpointAsync(Some.Endpoint(), Cancel));
    }

    [Fact]
    public async Task A_role_that_may_not_create_tables_is_told_what_to_do()
    {
        await using var store = _database.Open(await ApplicationRole.CreateAsync(_database));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InitializeAsync(Cancel));

        Assert.Contains("PostgreSqlSchema.Script(\"webhooks\")", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege, Assert.IsType<PostgresException>(refusal.InnerException).SqlState);
    }

    [Theory]
    [InlineData("USAGE ON SCHEMA webhooks", "schema webhooks")]
    [InlineData("SELECT ON webhooks.version", "table version")]
    [InlineData("INSERT, DELETE ON webhooks.pending", "INSERT, DELETE ON pending")]
    [InlineData("UPDATE ON webhooks.revision", "UPDATE ON revision")]
    [InlineData("SELECT ON ALL TABLES IN SCHEMA webhooks", "table version")]
    [InlineData("DELETE ON ALL TABLES IN SCHEMA webhooks", "DELETE ON attempts; DELETE ON done; DELETE ON endpoints")]
    [InlineData("USAGE ON SEQUENCE webhooks.numbers", "USAGE ON numbers")]
    public async Task A_right_that_is_missing_is_named_at_the_start(string right, string named)
    {
        var role = await ApplicationRole.CreateAsync(_database);
        await ApplicationRole.DeployAsync(_database);
        await ApplicationRole.RevokeAsync(_database, right);
        await using var store = _database.Open(role);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InitializeAsync(Cancel));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("GRANT USAGE ON SCHEMA \"webhooks\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_a_later_version_are_left_alone()
    {
        await _database.RunAsync(PostgreSqlSchema.Script());
        await _database.RunAsync("INSERT INTO webhooks.version (step) VALUES (99)");
        await using var store = _database.Open();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InitializeAsync(Cancel));

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("later version", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<object?> ColumnsAsync() => await _database.RunAsync(
        """
        SELECT string_agg(entry, E'\n' ORDER BY entry) FROM (
            SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
            FROM information_schema.columns WHERE table_schema = 'webhooks'
            UNION ALL
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'webhooks') AS entries (entry)
        """);
}
