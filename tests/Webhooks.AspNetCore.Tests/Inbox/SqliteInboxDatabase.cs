using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

/// <summary>A SQLite file in a folder of its own.</summary>
internal sealed class SqliteInboxDatabase : InboxDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inbox").FullName;

    public override string PendingTable => "webhooks_inbox_pending";

    private string ConnectionString => $"Data Source={Path.Combine(_folder, "inbox.db")};Pooling=False";

    public override void Use(WebhookInboxBuilder inbox) => inbox.UseSqlite(ConnectionString);

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }
}
