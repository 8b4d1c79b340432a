using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>Remembers received webhooks in an SQLite file. One thread writes, in transactions that all who wait for them
/// share, so that the requests of one moment cost one flush of the disk.</summary>
internal sealed class SqliteDuplicateStore : WebhookDuplicateStore, IAsyncDisposable, IDisposable
{
    private readonly Writer _writer;

    public SqliteDuplicateStore(SqliteStoreOptions options, TimeProvider timeProvider, ILogger logger)
    {
        var migration = new SchemaMigration(SqliteSchema.Steps, options.MigrateSchema, logger);
        _writer = new Writer(new GroupRunner(new SqliteDatabase(options), new WriteTurns(), migration, timeProvider, logger));
    }

    public override string Name => "sqlite";

    public override bool IsShared => true;

    public override Task InitializeAsync(CancellationToken cancellationToken)
        => _writer.RunAsync("initialize", 1, static _ => true, cancellationToken);

    public override ValueTask<DuplicateClaim> ClaimAsync(
        string key, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        var (digest, token) = (DigestOf(key), NewToken());
        return new(_writer.RunAsync("claim webhook", 1, write => Claim(write, digest, token, hold), cancellationToken));
    }

    public override ValueTask<bool> RenewAsync(
        string key, long token, TimeSpan hold, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(hold, TimeSpan.Zero);
        var digest = DigestOf(key);
        return new(_writer.RunAsync(
            "renew webhook", 1, write => Change(write, ReceivedSql.Renew, digest, token, hold), cancellationToken));
    }

    public override ValueTask<bool> CompleteAsync(
        string key, long token, TimeSpan keep, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keep, TimeSpan.Zero);
        var digest = DigestOf(key);
        return new(_writer.RunAsync(
            "complete webhook", 1, write => Change(write, ReceivedSql.Complete, digest, token, keep), cancellationToken));
    }

    public override ValueTask ReleaseAsync(string key, long token, CancellationToken cancellationToken)
    {
        var digest = DigestOf(key);
        return new(_writer.RunAsync(
            "release webhook",
            1,
            write => write.Connection.Prepare(ReceivedSql.Release).Bind(1, digest).Bind(2, token).Change(),
            cancellationToken));
    }

    public override Task<int> PurgeAsync(int batchSize, CancellationToken cancellationToken) => _writer.RunAsync(
        "purge webhooks",
        batchSize,
        write => write.Connection.Prepare(ReceivedSql.Purge).Bind(1, write.Now).Bind(2, batchSize).Change(),
        cancellationToken);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    // The writer has a thread of its own, so waiting for it here can't keep it from ending.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static DuplicateClaim Claim(WriteTransaction write, byte[] digest, long token, TimeSpan hold)
    {
        var now = write.Now;
        var known = write.Connection.Prepare(ReceivedSql.Find).Bind(1, digest).Bind(2, now).Scalar();
        if (known is { } handled)
            return new(handled == 1 ? DuplicateState.Handled : DuplicateState.InProgress, 0);

        write.Connection.Prepare(ReceivedSql.Claim)
            .Bind(1, digest).Bind(2, token).Bind(3, StoreTime.Add(now, hold)).Run();
        return new(DuplicateState.New, token);
    }

    private static bool Change(WriteTransaction write, string sql, byte[] digest, long token, TimeSpan time)
        => write.Connection.Prepare(sql)
            .Bind(1, digest).Bind(2, token).Bind(3, StoreTime.Add(write.Now, time)).Change() == 1;
}
