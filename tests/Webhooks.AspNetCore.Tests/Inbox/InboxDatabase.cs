using System.Data.Common;

namespace Webhooks.Tests;

/// <summary>A database that has an inbox and the application's own table <c>effects</c>.</summary>
internal abstract class InboxDatabase : IAsyncDisposable
{
    /// <summary>The table of webhooks that wait, as SQL names it.</summary>
    public abstract string PendingTable { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public abstract void Use(WebhookInboxBuilder inbox);

    public abstract Task<DbConnection> ConnectAsync();

    public Task CreateEffectsAsync() => ExecuteAsync("CREATE TABLE effects (id integer)");

    /// <summary>Inserts an effect in a transaction and marks the webhook as handled, for the caller to end.</summary>
    public static async Task AffectAndMarkAsync(DbTransaction transaction, WebhookEvent webhook)
    {
        await AffectAsync(transaction, Cancel);
        await webhook.MarkHandledAsync(transaction, Cancel);
    }

    /// <summary>Inserts an effect in a transaction.</summary>
    public static async Task AffectAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO effects VALUES (1)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, $"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public abstract ValueTask DisposeAsync();

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
