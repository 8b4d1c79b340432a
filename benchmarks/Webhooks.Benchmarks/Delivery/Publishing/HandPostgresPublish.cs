using Npgsql;

namespace Webhooks.Benchmarks.Delivery;

/// <summary>Writes messages and their deliveries by hand: a statement, so a transaction, for a number of them.</summary>
internal sealed class HandPostgresPublish(int callers, int messagesAtOnce) : PublishWorkload
{
    private const string Schema = """
        create table message (
          number bigint generated always as identity primary key, id text not null unique, tenant text not null,
          event_type text not null, timestamp timestamptz not null, created_at timestamptz not null,
          content_type text not null, payload bytea not null);
        create table delivery (
          id bigint generated always as identity primary key, message bigint not null, endpoint bigint not null,
          due timestamptz not null, attempts int not null default 0, lease bigint, leased_until timestamptz);
        create index delivery_lane on delivery (endpoint, due, id);
        """;

    private const string Insert = """
        with stored as (
          insert into message (id, tenant, event_type, timestamp, created_at, content_type, payload)
          select id, '', 'invoice.paid', now(), now(), 'application/json', payload from unnest($1, $2) as new (id, payload)
          returning number)
        insert into delivery (message, endpoint, due) select number, 1, to_timestamp(0) from stored
        """;

    private static readonly byte[] Payload = Payloads.Random();

    private readonly byte[][] _payloads = [.. Enumerable.Repeat(Payload, messagesAtOnce)];
    private NpgsqlDataSource? _source;

    protected override int Callers => callers;

    protected override Task<BenchmarkDatabase> NewDatabaseAsync(WorkloadContext context)
        => BenchmarkDatabase.NewPostgresAsync(context.Postgres);

    protected override async Task OpenAsync(string database)
    {
        await BenchmarkDatabase.ExecuteAsync(database, Schema, "checkpoint");
        _source = NpgsqlDataSource.Create(database);
    }

    protected override async Task<int> PublishAsync()
    {
        await using var command = _source!.CreateCommand(Insert);
        var ids = new string[messagesAtOnce];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = MessageId.New().Value;

        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = _payloads });
        await command.ExecuteNonQueryAsync();
        return messagesAtOnce;
    }

    protected override async Task CloseAsync() => await _source!.DisposeAsync();
}
