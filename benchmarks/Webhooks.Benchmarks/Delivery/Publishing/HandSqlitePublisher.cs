using Microsoft.Data.Sqlite;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Writes a message and its delivery by hand: one connection, prepared statements, synchronous=FULL.</summary>
internal sealed class HandSqlitePublisher : IDisposable
{
    private const string Schema = """
        create table message (
          number integer primary key, id text not null unique, tenant text not null, event_type text not null,
          timestamp integer not null, created_at integer not null, content_type text not null, payload blob not null);
        create table delivery (
          id integer primary key, message integer not null, endpoint integer not null, due integer not null,
          attempts integer not null default 0, lease integer, leased_until integer);
        create index delivery_lane on delivery (endpoint, due, id);
        """;

    private static readonly byte[] Payload = Payloads.Random();

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _message;
    private readonly SqliteCommand _delivery;
    private long _number;

    public HandSqlitePublisher(string database)
    {
        _connection = HandSqlite.Open(database);
        using var schema = Command(Schema);
        schema.ExecuteNonQuery();
        _message = Command("""
            insert into message (number, id, tenant, event_type, timestamp, created_at, content_type, payload)
            values ($number, $id, '', 'invoice.paid', $now, $now, 'application/json', $payload)
            """);
        _message.Parameters.Add("$number", SqliteType.Integer);
        _message.Parameters.Add("$id", SqliteType.Text);
        _message.Parameters.Add("$now", SqliteType.Integer);
        _message.Parameters.AddWithValue("$payload", Payload);
        _delivery = Command("insert into delivery (message, endpoint, due) values ($message, 1, 0)");
        _delivery.Parameters.Add("$message", SqliteType.Integer);
    }

    public SqliteTransaction Begin()
    {
        var transaction = _connection.BeginTransaction();
        _message.Transaction = _delivery.Transaction = transaction;
        return transaction;
    }

    public void Insert()
    {
        _message.Parameters[0].Value = ++_number;
        _message.Parameters[1].Value = MessageId.New().Value;
        _message.Parameters[2].Value = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        _message.ExecuteNonQuery();
        _delivery.Parameters[0].Value = _number;
        _delivery.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _message.Dispose();
        _delivery.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
