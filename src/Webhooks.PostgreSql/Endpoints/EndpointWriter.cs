using Npgsql;
using NpgsqlTypes;

namespace Webhooks;

/// <summary>Keeps endpoints.</summary>
internal sealed class EndpointWriter(Database database, DeliveryCanceller canceller, string channel)
{
    public Task<EndpointRecord?> CreateAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
        => WriteAsync(
            database.Sql.EndpointCreate,
            [
                Arg.Of((short)endpoint.State), Arg.Text(endpoint.Id), Arg.Text(endpoint.Tenant),
                Arg.Text(endpoint.DisabledReason), Settings(endpoint),
            ],
            cancellationToken);

    public async Task<EndpointRecord?> UpdateAsync(EndpointRecord endpoint, CancellationToken cancellationToken)
    {
        var written = await WriteAsync(
            database.Sql.EndpointUpdate,
            [
                Arg.Of((short)endpoint.State), Arg.Text(endpoint.DisabledReason), Settings(endpoint),
                Arg.Of(endpoint.Number), Arg.Of(endpoint.Revision),
            ],
            cancellationToken).ConfigureAwait(false);
        if (written is { State: EndpointState.Deleted })
            await canceller.CancelAllOfAsync(written.Number, cancellationToken).ConfigureAwait(false);
        return written;
    }

    public Task<EndpointChanges> ReadAsync(long revision, CancellationToken cancellationToken)
        => database.RunAgainAsync(
            async (connection, _, token) =>
            {
                var statements = Database.Plain(connection).Add(database.Sql.EndpointRead, Arg.Of(revision));
                await using (statements.ConfigureAwait(false))
                {
                    var rows = await Database.ReadAllAsync(
                        statements, 0, static row => (row.GetInt64(0), row.IsDBNull(1) ? null : Read(row, 1)), token)
                        .ConfigureAwait(false);
                    return new EndpointChanges(rows[0].Item1, [.. rows.Select(static row => row.Item2).OfType<EndpointRecord>()]);
                }
            },
            cancellationToken);

    private Task<EndpointRecord?> WriteAsync(
        string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
        => database.RunAsync(
            async (connection, token) =>
            {
                var statements = Database.Plain(connection)
                    .Add(database.Sql.EndpointLock)
                    .Add(sql, parameters)
                    .Add(database.Sql.EndpointWritten, Arg.Text(channel));
                await using (statements.ConfigureAwait(false))
                {
                    var rows = await Database.ReadAllAsync(statements, 1, static row => Read(row, 0), token)
                        .ConfigureAwait(false);
                    return rows.Count == 0 ? null : rows[0];
                }
            },
            cancellationToken);

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Settings(EndpointRecord endpoint)
        => new() { TypedValue = endpoint.Settings, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static EndpointRecord Read(NpgsqlDataReader row, int first) => new()
    {
        Number = row.GetInt64(first),
        Revision = row.GetInt64(first + 1),
        CreatedAt = row.Time(first + 2),
        UpdatedAt = row.Time(first + 3),
        State = (EndpointState)row.GetInt16(first + 4),
        Id = row.GetString(first + 5),
        Tenant = row.GetString(first + 6),
        DisabledReason = row.TextOrNull(first + 7),
        Settings = row.BytesOrNone(first + 8),
    };
}
