using Npgsql;

namespace Webhooks.Server;

/// <summary>The server that the other tests rely on does what it says.</summary>
public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_server_survives_a_crash_with_what_was_committed()
    {
        PostgresDatabase.SkipUnlessServerAvailable();
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync(database, "CREATE TABLE kept (x int); INSERT INTO kept VALUES (1)");

        await server.StopImmediatelyAsync();
        await server.StartAgainAsync();

        Assert.Equal(1L, await ExecuteAsync(database, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task A_paused_server_answers_once_it_is_resumed()
    {
        PostgresDatabase.SkipUnlessServerAvailable();
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync(database, "SELECT 1");

        await server.PauseAsync();
        var answer = ExecuteAsync(database, "SELECT 2");
        var patience = Task.Delay(
            TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Same(patience, await Task.WhenAny(answer, patience));
        await server.ResumeAsync();

        Assert.Equal(2, await answer);
    }

    [Fact]
    public async Task Connections_are_cut_by_name()
    {
        PostgresDatabase.SkipUnlessServerAvailable();
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await using var victim = new NpgsqlConnection(database + ";Application Name=victim");
        await using var other = new NpgsqlConnection(database + ";Application Name=other");
        await victim.OpenAsync(TestContext.Current.CancellationToken);
        await other.OpenAsync(TestContext.Current.CancellationToken);

        var cut = await server.CutConnectionsAsync(database, "victim");

        Assert.Equal(1, cut);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(victim, "SELECT 1"));
        Assert.Equal(1, await ExecuteAsync(other, "SELECT 1"));
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await ExecuteAsync(connection, sql);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
