using System.Globalization;
using Npgsql;

namespace Webhooks;

/// <summary>
/// An empty database for one test, on the server that the environment's <c>WEBHOOKS_TEST_POSTGRES</c> names, or else on
/// one that all tests of this process share.
/// </summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => PostgresServer.StartAsync());

    private readonly string _server;
    private readonly string _name;

    private PostgresDatabase(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    private static string? Given => Environment.GetEnvironmentVariable("WEBHOOKS_TEST_POSTGRES") is { Length: > 0 } given
        ? given
        : null;

    /// <summary>Skips the test where there is no server; on CI that is a failure.</summary>
    public static void SkipUnlessAvailable()
    {
        if (Given is null)
            SkipUnlessServerAvailable();
    }

    /// <summary>The same for tests that need a server of their own.</summary>
    public static void SkipUnlessServerAvailable()
    {
        const string Missing = "This machine has no PostgreSQL server: install the package postgresql.";
        if (PostgresServer.IsAvailable)
            return;

        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    public static async Task<PostgresDatabase> CreateAsync()
    {
        SkipUnlessAvailable();
        var server = Given ?? (await Shared.Value).ConnectionString();
        var name = "webhooks_test_" + Random.Shared.NextInt64().ToString("x", CultureInfo.InvariantCulture);
        var database = new PostgresDatabase(server, name);
        await database.ExecuteAsync($"CREATE DATABASE {name}");
        return database;
    }

    /// <summary>Lets new connections to the database be made, or has the server refuse them.</summary>
    public Task AllowConnectionsAsync(bool allowed)
        => ExecuteAsync($"ALTER DATABASE {_name} ALLOW_CONNECTIONS {(allowed ? "true" : "false")}");

    /// <summary>Cuts all connections to the database.</summary>
    public Task CutAllAsync()
        => ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");

    /// <summary>Deletes the database, whoever is connected to it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        await ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
