using System.Globalization;
using Npgsql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>An empty database for one round, dropped after it.</summary>
internal sealed class BenchmarkDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
{
    private static int _counter;

    public string ConnectionString => connectionString;

    public static async Task<BenchmarkDatabase> NewPostgresAsync(string server)
    {
        var number = Interlocked.Increment(ref _counter);
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{Environment.ProcessId}_{number}");
        await ExecuteAsync(server, $"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 80 }.ConnectionString;
        return new BenchmarkDatabase(connection, async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(server, $"drop database {name} with (force)");
        });
    }

    public static BenchmarkDatabase NewSqlite()
    {
        var directory = Directory.CreateTempSubdirectory("webhooks-benchmark-").FullName;
        return new BenchmarkDatabase($"Data Source={directory}/webhooks.db", () =>
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
            return Task.CompletedTask;
        });
    }

    /// <summary>Writes what filling left to be written, so that it doesn't meet the measurement.</summary>
    public static Task SettleAsync(string postgres) => ExecuteAsync(postgres, "vacuum analyze", "checkpoint");

    public static async Task ExecuteAsync(string postgres, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 300 };
            await command.ExecuteNonQueryAsync();
        }
    }

    public ValueTask DisposeAsync() => new(drop());
}
