using Microsoft.Extensions.Logging;
using Npgsql;

namespace Webhooks;

/// <summary>Remembers received webhooks in a PostgreSQL database, which any number of processes share. The database's
/// clock decides what has run out.</summary>
internal sealed class PostgreSqlDuplicateStore : WebhookDuplicateStore, IAsyncDisposable, IDisposable
{
    // What is kept longer is kept for ever; PostgreSQL's calendar ends somewhere too.
    private static readonly TimeSpan Ever = TimeSpan.FromDays(365 * 1000);

    private readonly NpgsqlDataSource? _owned;
    private readonly Database _database;
    private readonly SchemaInstaller _schema;

    public PostgreSqlDuplicateStore(
        NpgsqlDataSource source, bool ownsSource, PostgreSqlStoreOptions options, TimeProvider time, ILogger logger)
    {
        _owned = ownsSource ? source : null;
        _database = new Database(source, new SqlText(options.Schema), options.PrepareStatements, time, logger);
        _schema = new SchemaInstaller(_database, options, logger);
    }

    public override string Name => "postgresql";

    public override bool IsShared => true;

    public override Task InitializeAsync(CancellationToken cancellationToken) => _schema.InstallAsync(cancellationToken);

    public override async ValueTask<DuplicateClaim> ClaimAsync(
        string key, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        // Where the answer is lost and it is asked again, the token tells that the claim was its own.
        var token = NewToken();
        var found = await AskAsync(_database.Sql.ReceivedClaim, key, token, hold, cancellationToken).ConfigureAwait(false);
        var state = found[0] switch
        {
            0 => DuplicateState.New,
            1 => DuplicateState.InProgress,
            _ => DuplicateState.Handled,
        };
        return new(state, state == DuplicateState.New ? token : 0);
    }

    public override async ValueTask<bool> RenewAsync(
        string key, long token, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        var rows = await AskAsync(_database.Sql.ReceivedRenew, key, token, hold, cancellationToken).ConfigureAwait(false);
        return rows.Count == 1;
    }

    public override async ValueTask<bool> CompleteAsync(
        string key, long token, TimeSpan keep, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keep, TimeSpan.Zero);
        var rows = await AskAsync(_database.Sql.ReceivedComplete, key, token, keep, cancellationToken)
            .ConfigureAwait(false);
        return rows.Count == 1;
    }

    public override async ValueTask ReleaseAsync(string key, long token, CancellationToken cancellationToken)
    {
        var digest = DigestOf(key);
        await _database.RunAgainAsync(
            async (connection, _, cancel) =>
            {
                var statements = _database.Prepared(connection)
                    .Add(_database.Sql.ReceivedRelease, Arg.Of(digest), Arg.Of(token));
                await using (statements.ConfigureAwait(false))
                    await statements.RunAsync(cancel).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public override async Task<int> PurgeAsync(int batchSize, CancellationToken cancellationToken)
    {
        var counts = await _database.QueryAsync(
            _database.Sql.ReceivedPurge, [Arg.Of(batchSize)], static row => row.GetInt32(0), cancellationToken)
            .ConfigureAwait(false);
        return counts[0];
    }

    public void Dispose() => _owned?.Dispose();

    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? default;

    private Task<List<int>> AskAsync(
        string sql, string key, long token, TimeSpan time, CancellationToken cancellationToken)
    {
        var digest = DigestOf(key);
        return _database.RunAgainAsync(
            async (connection, _, cancel) =>
            {
                var statements = _database.Prepared(connection)
                    .Add(sql, Arg.Of(digest), Arg.Of(token), Arg.Of(time < Ever ? time : Ever));
                await using (statements.ConfigureAwait(false))
                {
                    return await Database.ReadAllAsync(statements, 0, static row => row.GetInt32(0), cancel)
                        .ConfigureAwait(false);
                }
            },
            cancellationToken);
    }
}
