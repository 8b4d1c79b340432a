using Microsoft.Extensions.Logging.Abstractions;

namespace Webhooks.Tests;

/// <summary>The tables are made, and brought up to date, by whoever comes first.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task Ten_that_start_together_all_find_the_tables()
    {
        for (var round = 0; round < 5; round++)
        {
            using var database = new TemporaryDatabase();
            var stores = Enumerable.Range(0, 10).Select(_ => TestStore.On(database)).ToArray();

            await Task.WhenAll(stores.Select(store =>
                Task.Run(() => store.Store.InitializeAsync(TestStore.Cancel), TestStore.Cancel)));

            Assert.Equal(SqliteSchema.Version, stores[0].Ask("SELECT schema_version FROM webhook_meta"));
            Assert.Equal(1, stores[0].Ask("SELECT count(*) FROM webhook_meta"));
            foreach (var store in stores)
            {
                Assert.NotNull(await store.EndpointAsync());
                await store.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task The_script_makes_what_the_store_makes()
    {
        await using var made = TestStore.New();
        await made.Store.InitializeAsync(TestStore.Cancel);
        using var database = new TemporaryDatabase();
        Run(database, SqliteSchema.Script);

        Assert.Equal(ObjectsOf(made.Database), ObjectsOf(database));
    }

    [Fact]
    public async Task A_store_that_may_not_change_the_schema_says_so_and_takes_what_the_script_made()
    {
        using var database = new TemporaryDatabase();
        await using var test = TestStore.On(database, options => options.MigrateSchema = false);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.Store.InitializeAsync(TestStore.Cancel));
        Run(database, SqliteSchema.Script);
        await test.Store.InitializeAsync(TestStore.Cancel);

        Assert.Contains("MigrateSchema", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(await test.EndpointAsync());
    }

    [Fact]
    public async Task Every_older_version_is_brought_up_to_date()
    {
        await using var made = TestStore.New();
        await made.Store.InitializeAsync(TestStore.Cancel);
        for (var version = 0; version <= SqliteSchema.Version; version++)
        {
            using var database = new TemporaryDatabase();
            foreach (var step in SqliteSchema.Steps.Take(version))
                Run(database, step.Script);
            await using var test = TestStore.On(database);

            await test.Store.InitializeAsync(TestStore.Cancel);

            Assert.Equal(ObjectsOf(made.Database), ObjectsOf(database));
        }
    }

    [Fact]
    public async Task A_schema_newer_than_the_library_is_left_alone()
    {
        using var database = new TemporaryDatabase();
        Run(database, SqliteSchema.Script);
        Run(database, "UPDATE webhook_meta SET schema_version = 99");
        await using var test = TestStore.On(database);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.Store.InitializeAsync(TestStore.Cancel));

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("update the library", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_steps_that_are_missing_are_run_and_all_or_none()
    {
        using var database = new TemporaryDatabase();
        using var connection = Open(database);
        SchemaStep[] steps = [new(1, "CREATE TABLE webhook_meta AS SELECT 0 schema_version;"), new(2, "CREATE TABLE webhook_b (x);")];
        SchemaStep[] broken = [.. steps, new(3, "CREATE TABLE webhook_c (x);"), new(4, "CREATE TABLE webhook_b (x);")];
        Migrate(connection, steps[..1]);
        Migrate(connection, steps);

        Assert.ThrowsAny<Exception>(() => Migrate(connection, broken));

        Assert.False(connection.IsInTransaction);
        Assert.Equal(["webhook_b", "webhook_meta"], ObjectsOf(database).Select(found => found.Name).Order());
        using var version = connection.PrepareOnce("SELECT schema_version FROM webhook_meta");
        Assert.Equal(2, version.Scalar());
    }

    [Fact]
    public async Task Two_stores_share_a_file_under_different_names()
    {
        await using var one = TestStore.New();
        await using var two = TestStore.On(one.Database, options => options.TablePrefix = "other_");
        var endpoint = await one.EndpointAsync();
        await one.PublishAsync(TestStore.Message(endpoint));
        var other = await two.EndpointAsync();
        await two.PublishAsync(TestStore.Message(other));

        Assert.Equal(endpoint.Id, Assert.Single((await one.Store.ReadEndpointsAsync(0, TestStore.Cancel)).Endpoints).Id);
        Assert.Equal(other.Id, Assert.Single((await two.Store.ReadEndpointsAsync(0, TestStore.Cancel)).Endpoints).Id);
        Assert.Single((await one.ClaimAsync()).Deliveries);
        Assert.Single((await two.ClaimAsync()).Deliveries);
        Assert.Equal(1, one.Ask("SELECT count(*) FROM other_done") + one.Ask("SELECT count(*) FROM other_pending"));
    }

    [Fact]
    public async Task An_applications_own_tables_are_left_alone()
    {
        using var database = new TemporaryDatabase();
        Run(database, "PRAGMA user_version = 7; CREATE TABLE invoices (id); INSERT INTO invoices VALUES (1);");
        await using var test = TestStore.On(database);

        await test.Store.InitializeAsync(TestStore.Cancel);

        Assert.Equal(7, test.Ask("PRAGMA user_version"));
        Assert.Equal(1, test.Ask("SELECT count(*) FROM invoices"));
    }

    [Fact]
    public void A_script_for_part_of_the_steps_has_only_those()
    {
        var nothing = SqliteSchema.CreateScript(fromVersion: SqliteSchema.Version);
        var prefixed = SqliteSchema.CreateScript("my_");

        Assert.DoesNotContain("CREATE", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("webhook_", prefixed, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SqliteSchema.CreateScript("a-b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => SqliteSchema.CreateScript(fromVersion: SqliteSchema.Version + 1));
    }

    private static void Migrate(DatabaseConnection connection, SchemaStep[] steps)
        => new SchemaMigration(steps, mayMigrate: true, NullLogger.Instance).Run(connection);

    private static DatabaseConnection Open(TemporaryDatabase database)
        => new SqliteDatabase(new SqliteStoreOptions { ConnectionString = database.ConnectionString }).OpenWriter();

    private static void Run(TemporaryDatabase database, string sql)
    {
        using var connection = Open(database);
        connection.RunScript(sql);
    }

    private static (string Name, string? Sql)[] ObjectsOf(TemporaryDatabase database)
    {
        using var connection = Open(database);
        using var rows = connection.PrepareOnce("SELECT name, sql FROM sqlite_schema ORDER BY name");
        var found = new List<(string, string?)>();
        while (rows.Step())
            found.Add((rows.Text(0), rows.TextOrNull(1)));
        return [.. found];
    }
}
