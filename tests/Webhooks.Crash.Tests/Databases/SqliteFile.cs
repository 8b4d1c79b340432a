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
