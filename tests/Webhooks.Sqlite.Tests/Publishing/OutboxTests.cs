using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

/// <summary>What is particular to SQLite when an application publishes in a transaction of its own.</summary>
public sealed class OutboxTests
{
    [Fact]
    public async Task The_commit_calls_once_and_a_rollback_never()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        using var connection = test.Connect();
        var calls = 0;

        await PublishAsync(batch, commit: false);
        Assert.Equal(0, calls);
        await PublishAsync(batch, commit: true);
        Assert.Equal(1, calls);
        Execute(connection, "CREATE TABLE invoices (id)");

        Assert.Equal(1, calls);

        async Task PublishAsync(PublishBatch messages, bool commit)
        {
            using var transaction = connection.BeginTransaction();
            await test.Store.PublishAsync(messages, transaction, () => calls++, TestStore.Cancel);
            if (commit)
                transaction.Commit();
            else
                transaction.Rollback();
        }
    }

    [Fact]
    public async Task A_claim_made_while_the_commit_is_under_way_finds_what_it_brings()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        using var connection = test.Connect();
        Task<Stores.Claim>? claimed = null;

        using (var transaction = connection.BeginTransaction())
        {
            await test.Store.PublishAsync(batch, transaction, () => claimed = test.ClaimAsync(), TestStore.Cancel);
            transaction.Commit();
        }

        Assert.NotNull(claimed);
        Assert.Single((await claimed).Deliveries);
    }

    [Fact]
    public async Task A_callback_that_throws_undoes_no_commit()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        using var connection = test.Connect();

        using (var transaction = connection.BeginTransaction())
        {
            await test.Store.PublishAsync(
                batch, transaction, () => throw new InvalidOperationException("Not now."), TestStore.Cancel);
            transaction.Commit();
        }

        Assert.Single(await test.DeliveriesAsync());
    }

    [Fact]
    public async Task Connections_from_a_pool_call_with_each_commit()
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        var calls = 0;

        for (var i = 0; i < 3; i++)
        {
            using var connection = test.Connect(";Pooling=True");
            using var transaction = connection.BeginTransaction();
            var batch = await test.BatchAsync(TestStore.Message(endpoint));
            await test.Store.PublishAsync(batch, transaction, () => calls++, TestStore.Cancel);
            transaction.Commit();
        }

        Assert.Equal(3, calls);
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_transaction_of_another_file_is_refused()
    {
        await using var test = TestStore.New();
        await using var other = TestStore.New();
        await other.Store.InitializeAsync(TestStore.Cancel);
        var batch = await test.BatchAsync(TestStore.Message());
        using var connection = other.Connect();
        using var transaction = connection.BeginTransaction();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => test.Store.PublishAsync(batch, transaction, () => { }, TestStore.Cancel));

        Assert.Contains(test.Database.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(other.Database.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_by_another_name_is_the_same()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        var link = Path.Combine(test.Database.Folder, "link.db");
        File.CreateSymbolicLink(link, test.Database.Path);
        using var connection = new SqliteConnection($"Data Source={link};Pooling=False");
        connection.Open();

        using (var transaction = connection.BeginTransaction())
        {
            await test.Store.PublishAsync(batch, transaction, () => { }, TestStore.Cancel);
            transaction.Commit();
        }

        Assert.Single(await test.DeliveriesAsync());
    }

    [Fact]
    public async Task A_transaction_that_began_by_reading_can_be_joined()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        using var connection = test.Connect();

        using (var transaction = connection.BeginTransaction(deferred: true))
        {
            await test.Store.PublishAsync(batch, transaction, () => { }, TestStore.Cancel);
            transaction.Commit();
        }

        Assert.Single(await test.DeliveriesAsync());
    }

    [Fact]
    public async Task A_batch_that_breaks_off_leaves_nothing_in_the_applications_transaction()
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        var good = await test.BatchAsync(TestStore.Message(endpoint));
        var bad = good with { Messages = new BreakingBatch(TestStore.Message(endpoint)) };
        using var connection = test.Connect();
        Execute(connection, "CREATE TABLE invoices (id)");

        using (var transaction = connection.BeginTransaction())
        {
            Execute(connection, "INSERT INTO invoices VALUES (1)", transaction);
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => test.Store.PublishAsync(bad, transaction, () => { }, TestStore.Cancel));
            await test.Store.PublishAsync(good, transaction, () => { }, TestStore.Cancel);
            transaction.Commit();
        }

        Assert.Single(await test.DeliveriesAsync());
        Assert.Equal(1, (await test.Store.MeasureAsync(TestStore.Cancel)).Pending);
        Assert.Equal(1, test.Ask("SELECT count(*) FROM invoices"));
    }

    [Fact]
    public async Task Publishing_keeps_no_connection_from_closing()
    {
        await using var test = TestStore.New();
        var batch = await test.BatchAsync(TestStore.Message(await test.EndpointAsync()));
        using (var connection = test.Connect())
        using (var transaction = connection.BeginTransaction())
        {
            await test.Store.PublishAsync(batch, transaction, () => { }, TestStore.Cancel);
            transaction.Commit();
        }

        await test.Store.DisposeAsync();

        // SQLite removes the log when the last connection to the file is closed, and not before.
        Assert.False(File.Exists(test.Database.Path + "-wal"), "The application's connection is still open.");
    }

    [Fact]
    public async Task A_store_that_nobody_has_used_yet_can_join()
    {
        await using var first = TestStore.New();
        var endpoint = await first.EndpointAsync();
        var batch = await first.BatchAsync(TestStore.Message(endpoint));
        await using var fresh = TestStore.On(first.Database);
        using var connection = fresh.Connect();

        using (var transaction = connection.BeginTransaction())
        {
            await fresh.Store.PublishAsync(batch, transaction, () => { }, TestStore.Cancel);
            transaction.Commit();
        }

        Assert.Single(await fresh.DeliveriesAsync());
    }

    private static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
