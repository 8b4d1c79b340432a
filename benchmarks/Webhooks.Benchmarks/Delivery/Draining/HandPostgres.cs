using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>A queue by hand: one table, a partial index, claims by SKIP LOCKED.</summary>
internal static class HandPostgres
{
    private const string Schema = """
        create table job (
          id bigint generated always as identity primary key, state smallint not null default 0,
          endpoint int not null, payload bytea not null) with (fillfactor = 80);
        create index job_waiting on job (id) where state = 0;
        """;

    private const string Claim = """
        update job set state = 1
        where id in (select id from job where state = 0 order by id limit 100 for update skip locked)
        returning id, endpoint, payload
        """;

    public static async Task FillAsync(string database, int count)
    {
        await BenchmarkDatabase.ExecuteAsync(database, Schema);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using (var writer = await connection.BeginBinaryImportAsync("copy job (endpoint, payload) from stdin binary"))
        {
            var payload = Payloads.Random();
            for (var i = 0; i < count; i++)
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(i % 100, NpgsqlDbType.Integer);
                await writer.WriteAsync(payload, NpgsqlDbType.Bytea);
            }

            await writer.CompleteAsync();
        }

        await BenchmarkDatabase.SettleAsync(database);
    }

    public static async Task<List<HandJob>> ClaimAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Claim, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var jobs = new List<HandJob>(100);
        while (await reader.ReadAsync())
            jobs.Add(new HandJob(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));

        return jobs;
    }

    public static async Task CompleteAsync(NpgsqlConnection connection, List<HandJob> jobs)
    {
        await using var command = new NpgsqlCommand("update job set state = 2 where id = any ($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. jobs.Select(job => job.Id)] });
        await command.ExecuteNonQueryAsync();
    }
}
