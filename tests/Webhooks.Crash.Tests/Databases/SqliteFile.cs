using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Webhooks.Crash;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class SqliteFile : TestDatabase
{
    private readonly string _folder;
    private readonly bool _ownsFolder;

    public SqliteFile(string? folder = null)
    {
        _ownsFolder = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("webhooks-crash-").FullName;
        Path = System.IO.Path.Combine(_folder, "webhooks.db");
    }

    public string Path { get; }

    public string ConnectionString => $"Data Source={Path}";

    public override string Name => "SQLite";

    public override KeyValuePair<string, string> Setting => new("Node:Sqlite", ConnectionString);

    /// <summary>Takes the file's lock for writing, or for everything, until the connection is closed.</summary>
    /// <exception cref="SqliteException">Somebody else has it.</exception>
    public async Task<SqliteConnection> LockAsync(string kind, string settings = "")
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False{settings}");
        try
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own words.
            command.CommandText = $"begin {kind}";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<bool> CanWriteAsync()
    {
        try
        {
            await using var connection = await LockAsync("immediate", ";Default Timeout=1");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
            Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override TBuilder Use<TBuilder>(TBuilder builder) => builder.UseSqlite(ConnectionString);

    protected override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
