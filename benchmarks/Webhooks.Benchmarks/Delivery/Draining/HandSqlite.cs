using Microsoft.Data.Sqlite;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>A queue by hand in an SQLite file: one connection, prepared statements, synchronous=FULL.</summary>
internal sealed class HandSqlite : IDisposable
{
    private const string Schema = """
        create table job (
          id integer primary key, state integer not null default 0, endpoint integer not null, payload blob not null);
        create index job_waiting on job (id) where state = 0;
        """;

    private const string Claim = """
        update job set state = 1
        where id in (select id from job where state = 0 order by id limit 100)
        returning id, endpoint, payload
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _claim;
    private readonly SqliteCommand _complete;
    private readonly Lock _lock = new();

    public HandSqlite(string database)
    {
        _connection = Open(database);
        _claim = _connection.CreateCommand();
        _claim.CommandText = Claim;
        _complete = _connection.CreateCommand();
        _complete.CommandText = "update job set state = 2 where id = $id";
        _complete.Parameters.Add("$id", SqliteType.Integer);
        _claim.Prepare();
        _complete.Prepare();
    }

    public static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection(database + ";Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma synchronous = full;";
        command.ExecuteNonQuery();
        return connection;
    }

    public static void Fill(string database, int count)
    {
        using var connection = Open(database);
        using var schema = connection.CreateCommand();
        schema.CommandText = Schema;
        schema.ExecuteNonQuery();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into job (endpoint, payload) values ($endpoint, $payload)";
        var endpoint = insert.Parameters.Add("$endpoint", SqliteType.Integer);
        insert.Parameters.AddWithValue("$payload", Payloads.Random());
        for (var i = 0; i < count; i++)
        {
            endpoint.Value = i % 100;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>In one transaction, completes what was done and claims 100 more.</summary>
    public List<HandJob> CompleteAndClaim(List<HandJob> done)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction();
            _complete.Transaction = _claim.Transaction = transaction;
            foreach (var job in done)
            {
                _complete.Parameters[0].Value = job.Id;
                _complete.ExecuteNonQuery();
            }

            var jobs = new List<HandJob>(100);
            using (var reader = _claim.ExecuteReader())
            {
                while (reader.Read())
                    jobs.Add(new HandJob(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
            }

            transaction.Commit();
            return jobs;
        }
    }

    public void Dispose()
    {
        _claim.Dispose();
        _complete.Dispose();
        _connection.Dispose();
    }
}
