using System.Data.Common;
using Npgsql;

namespace Webhooks.Crash;

/// <summary>A PostgreSQL server of the test's own, to stop, cut and freeze.</summary>
internal sealed class PostgresCluster : TestDatabase
{
    private readonly string _connectionString;

    private PostgresCluster(PostgresServer server, string connectionString)
    {
        Server = server;
        _connectionString = connectionString;
    }

    public PostgresServer Server { get; }

    public override string Name => "PostgreSQL";

    public override KeyValuePair<string, string> Setting => new("Node:PostgreSql", _connectionString);

    public static async Task<PostgresCluster> StartAsync()
    {
        PostgresDatabase.SkipUnlessServerAvailable();
        // After a crash the server flushes its files first, one by one unless told otherwise.
        var server = await PostgresServer.StartAsync(null, "recovery_init_sync_method=syncfs");
        return new PostgresCluster(server, await server.CreateDatabaseAsync());
    }

    /// <summary>Cuts every connection that the nodes have.</summary>
    public Task<long> CutConnectionsAsync() => Server.CutConnectionsAsync(_connectionString);

    public override ValueTask DisposeAsync() => Server.DisposeAsync();

    protected override TBuilder Use<TBuilder>(TBuilder builder) => builder.UsePostgreSql(_connectionString);

    protected override async Task<DbConnection> ConnectAsync()
    {
        // A pool might hand out a connection that was cut meanwhile.
        var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
