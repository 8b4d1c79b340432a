using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Webhooks.Support;

internal static class DatabaseExtensions
{
    /// <summary>Runs statements as the database's owner.</summary>
    /// <returns>The first value that they return.</returns>
    public static async Task<object?> RunAsync(this PostgresDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // The tests' own texts.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a store with a pool of its own, which is closed with it.</summary>
    public static PostgreSqlStore Open(
        this PostgresDatabase database,
        string? connectionString = null,
        Action<PostgreSqlStoreOptions>? configure = null,
        ILogger? logger = null,
        TimeProvider? time = null)
    {
        var options = new PostgreSqlStoreOptions();
        configure?.Invoke(options);
        return new PostgreSqlStore(
            NpgsqlDataSource.Create(connectionString ?? database.ConnectionString), ownsSource: true, options,
            time ?? TimeProvider.System, Random.Shared, logger ?? NullLogger.Instance);
    }
}
