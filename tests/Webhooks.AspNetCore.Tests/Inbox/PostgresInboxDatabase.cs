using System.Data.Common;
using Npgsql;

namespace Webhooks.Tests;

/// <summary>A database of a real PostgreSQL server.</summary>
internal sealed class PostgresInboxDatabase(PostgresDatabase database) : InboxDatabase
{
    public override string PendingTable => "webhooks_inbox.pending";

    public override void Use(WebhookInboxBuilder inbox) => inbox.UsePostgreSql(database.ConnectionString);

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}
