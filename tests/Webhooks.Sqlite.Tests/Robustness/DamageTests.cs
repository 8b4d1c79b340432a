using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

/// <summary>Files that are missing, foreign or torn.</summary>
public sealed class DamageTests
{
    [Fact]
    public async Task A_missing_folder_is_named_and_the_store_works_once_it_is_there()
    {
        using var database = new TemporaryDatabase();
        var folder = Path.Combine(database.Folder, "missing");
        await using var test = TestStore.On(database, options => options.ConnectionString = $"Data Source={folder}/w.db");

        var refusal = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => test.Store.InitializeAsync(TestStore.Cancel));
        Directory.CreateDirectory(folder);
        await test.Store.InitializeAsync(TestStore.Cancel);

        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_kept()
    {
        using var database = new TemporaryDatabase();
        var text = string.Concat(Enumerable.Repeat("This is no database. ", 1000));
        await File.WriteAllTextAsync(database.Path, text, TestStore.Cancel);
        await using var test = TestStore.On(database);

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => test.Store.InitializeAsync(TestStore.Cancel));

        Assert.Contains("isn't an SQLite database", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(database.Path, TestStore.Cancel));
    }

    [Fact]
    public async Task A_file_that_is_damaged_is_said_to_be()
    {
        using var database = new TemporaryDatabase();
        await using (var test = TestStore.On(database))
        {
            var endpoint = await test.EndpointAsync();
            for (var i = 0; i < 20; i++)
                await test.PublishAsync(TestStore.Message(endpoint));
        }

        await using (var file = new FileStream(database.Path, FileMode.Open, FileAccess.Write))
        {
            file.Position = 8192;
            await file.WriteAsync(new byte[file.Length - file.Position], TestStore.Cancel);
        }

        await using var damaged = TestStore.On(database);

        var failure = await Assert.ThrowsAsync<SqliteException>(() => damaged.Store.InitializeAsync(TestStore.Cancel));

        Assert.Contains("restore a backup", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_crash()
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        var stored = new List<string>();
        for (var i = 0; i < 30; i++)
            stored.Add((await test.PublishAsync(TestStore.Message(endpoint))).MessageId);
        var claim = await test.ClaimAsync(maxCount: 10);
        await test.Store.CompleteAsync([.. claim.Deliveries.Select(claim.Succeed)], TestStore.Cancel);

        using var crashed = CopyOf(test.Database);
        await using var after = TestStore.On(crashed, clock: test.Clock);

        var deliveries = await after.DeliveriesAsync();
        Assert.Equal(stored, deliveries.Select(found => found.MessageId));
        Assert.Equal(10, deliveries.Count(found => found.State == DeliveryState.Succeeded));
        Assert.Equal(20, (await after.ClaimAsync()).Deliveries.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(9000)]
    [InlineData(30000)]
    public async Task A_log_that_was_torn_off_loses_whole_transactions_from_its_end(int bytes)
    {
        await using var test = TestStore.New();
        var endpoint = await test.EndpointAsync();
        var stored = new List<string>();
        for (var i = 0; i < 30; i++)
            stored.Add((await test.PublishAsync(TestStore.Message(endpoint))).MessageId);

        using var crashed = CopyOf(test.Database);
        await using (var log = new FileStream(crashed.Path + "-wal", FileMode.Open, FileAccess.Write))
            log.SetLength(log.Length - bytes);
        await using var after = TestStore.On(crashed, clock: test.Clock);

        var found = (await after.DeliveriesAsync()).Select(delivery => delivery.MessageId).ToArray();
        Assert.InRange(found.Length, 1, 29);
        Assert.Equal(stored.Take(found.Length), found);
        Assert.Equal(found.Length, (await after.Store.MeasureAsync(TestStore.Cancel)).Pending);
        Assert.Equal(MessageDuplicate.None, (await after.PublishAsync(TestStore.Message(endpoint))).Duplicate);
    }

    // What a machine finds that lost its power: the files as they are, and nobody to close them.
    private static TemporaryDatabase CopyOf(TemporaryDatabase database)
    {
        var copy = new TemporaryDatabase();
        File.Copy(database.Path, copy.Path);
        File.Copy(database.Path + "-wal", copy.Path + "-wal");
        return copy;
    }
}
