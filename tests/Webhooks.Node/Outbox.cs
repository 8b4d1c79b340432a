using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Webhooks.Node;

/// <summary>The application's own tables, in the database that the webhooks are in: an order for each message that is
/// published, an effect for each time that a webhook is handled.</summary>
internal sealed class Outbox(Func<DbConnection> connect)
{
    public static Outbox Open(NodeSettings settings) => settings.Sqlite is { } file
        ? new Outbox(() => new SqliteConnection(file))
        : new Outbox(() => new NpgsqlConnection(settings.PostgreSql));

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = connect();
        await connection.OpenAsync();
        return connection;
    }

    public static Task InsertOrderAsync(DbTransaction transaction, string message) => InsertAsync(
        transaction.Connection!,
        transaction,
        "insert into orders (message) values (@message)",
        ("@message", message));

    /// <param name="connection">The connection to insert through.</param>
    /// <param name="transaction">Its transaction; null for one of the row's own.</param>
    /// <param name="webhook">The webhook that is handled.</param>
    /// <param name="node">Who handles it.</param>
    public static Task InsertEffectAsync(
        DbConnection connection, DbTransaction? transaction, WebhookEvent webhook, string node) => InsertAsync(
            connection,
            transaction,
            "insert into effects (source, webhook, attempt, node) values (@source, @webhook, @attempt, @node)",
            ("@source", webhook.Source),
            ("@webhook", webhook.Id!),
            ("@attempt", webhook.Attempt),
            ("@node", node));

    private static async Task InsertAsync(
        DbConnection connection, DbTransaction? transaction, string sql, params (string Name, object Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The texts above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
