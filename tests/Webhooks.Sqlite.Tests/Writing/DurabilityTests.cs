namespace Webhooks.Tests;

public sealed class DurabilityTests
{
    [Theory]
    [InlineData(SqliteSynchronous.Full, "2", "0")]
    [InlineData(SqliteSynchronous.Normal, "1", "0")]
    [InlineData(SqliteSynchronous.Extra, "3", "1")]
    public void The_writer_flushes_as_it_was_told(SqliteSynchronous synchronous, string expected, string full)
    {
        using var database = new TemporaryDatabase();
        var options = new SqliteStoreOptions { ConnectionString = database.ConnectionString, Synchronous = synchronous };

        using var writer = new SqliteDatabase(options).OpenWriter();

        Assert.Equal("wal", writer.Pragma("journal_mode"));
        Assert.Equal(expected, writer.Pragma("synchronous"));
        Assert.Equal(full, writer.Pragma("fullfsync"));
    }

    [Fact]
    public void Commits_are_flushed_unless_told_otherwise()
        => Assert.Equal(SqliteSynchronous.Full, new SqliteStoreOptions().Synchronous);

    [Fact]
    public void Readers_cannot_write()
    {
        using var database = new TemporaryDatabase();
        var files = new SqliteDatabase(new SqliteStoreOptions { ConnectionString = database.ConnectionString });
        using var writer = files.OpenWriter();
        using var reader = files.OpenReader();

        Assert.ThrowsAny<Exception>(() => reader.RunScript("CREATE TABLE t (x)"));
        writer.RunScript("CREATE TABLE t (x)");
    }
}
