using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Webhooks.Node;

/// <summary>The application's own table, in the database that the messages are in: an order a message.</summary>
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

    public static async Task InsertOrderAsync(DbTransaction transaction, string message)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "insert into orders (message) values (@message)";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@message";
        parameter.Value = message;
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync();
    }
}
