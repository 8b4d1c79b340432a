using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>
/// Keeps webhooks in an SQLite file. One thread writes, in transactions that all who wait for them share; queries have
/// connections of their own.
/// </summary>
internal sealed partial class SqliteStore : WebhookStore, IAsyncDisposable, IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly GroupRunner _runner;
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly JoinedWriter _joined;
    private readonly OwnTransactions _transactions;
    private readonly WakeFolder _wakeFolder;
    private readonly ClaimMemory _claimMemory = new();

    public SqliteStore(SqliteStoreOptions options, TimeProvider timeProvider, ILogger logger)
    {
        _timeProvider = timeProvider;
        var database = new SqliteDatabase(options);
        var migration = new SchemaMigration(SqliteSchema.Steps, options.MigrateSchema, logger);
        var turns = new WriteTurns();
        _runner = new GroupRunner(database, turns, migration, timeProvider, logger);
        _writer = new Writer(_runner);
        _readers = new ReaderPool(database, _runner);
        _joined = new JoinedWriter(database.Names, timeProvider, logger);
        _transactions = new OwnTransactions(options, turns);
        _wakeFolder = new WakeFolder(logger);
    }

    public override string Name => "sqlite";

    public override bool IsDurable => true;

    /// <summary>How many transactions the writer has committed.</summary>
    internal long Commits => _runner.Commits;

    public override Task InitializeAsync(CancellationToken cancellationToken)
        => WriteAsync("initialize", 1, static _ => true, cancellationToken);

    public override Task<PublishOutcome> PublishAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return WriteAsync(
            "publish", BatchPublisher.WeightOf(batch), transaction => BatchPublisher.Publish(transaction, batch),
            cancellationToken);
    }

    public override async Task<PublishOutcome> PublishAsync(
        PublishBatch batch, DbTransaction transaction, Action committed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(committed);
        cancellationToken.ThrowIfCancellationRequested();
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        return _joined.Publish(batch, transaction, committed, _runner.Path);
    }

    public override Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WriteAsync(
            "claim", request.MaxCount, transaction => Claimer.Claim(transaction, request, _claimMemory),
            cancellationToken);
    }

    public override Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return WriteAsync(
            "complete", outcomes.Count, transaction => OutcomeWriter.Complete(transaction, outcomes), cancellationToken);
    }

    public override async Task<IReadOnlyList<bool>> CompleteAsync(
        IReadOnlyList<DeliveryOutcome> outcomes, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(transaction);
        cancellationToken.ThrowIfCancellationRequested();
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        return _joined.Complete(outcomes, transaction, _runner.Path);
    }

    public override async Task RunInTransactionAsync(
        Func<DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        await _transactions.RunAsync(work, cancellationToken).ConfigureAwait(false);
    }

    public override Task<IReadOnlyList<bool>> RenewAsync(
        IReadOnlyList<LeaseKey> leases, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return WriteAsync(
            "renew", leases.Count, transaction => OutcomeWriter.Renew(transaction, leases, duration), cancellationToken);
    }

    public override Task ReleaseAsync(IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return WriteAsync(
            "release", leases.Count, transaction => OutcomeWriter.Release(transaction, leases), cancellationToken);
    }

    public override async Task ListenAsync(Action wake, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wake);
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        await _wakeFolder.ListenAsync(_runner.Path, wake, cancellationToken).ConfigureAwait(false);
    }

    public override async Task NotifyAsync(CancellationToken cancellationToken)
    {
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        _wakeFolder.Notify(_runner.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync().ConfigureAwait(false);
        _readers.Dispose();
    }

    // The writer has a thread of its own, so waiting for it here can't keep it from ending.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private Task<T> WriteAsync<T>(
        string name, int weight, Func<WriteTransaction, T> execute, CancellationToken cancellationToken)
        => _writer.RunAsync(name, weight, execute, cancellationToken);

    private async Task<T> ReadAsync<T>(Func<DatabaseConnection, T> query, CancellationToken cancellationToken)
    {
        await EnsureOpenAsync(cancellationToken).ConfigureAwait(false);
        return await _readers.RunAsync(query, cancellationToken).ConfigureAwait(false);
    }

    // Opening makes the file, its journal and the tables, which only the writer does. It isn't waited for longer than
    // that: who calls from within a transaction of the same file may hold the lock that the writer waits for next.
    private async Task EnsureOpenAsync(CancellationToken cancellationToken)
    {
        if (_runner.Opened.IsCompleted)
            return;
        var initialized = InitializeAsync(cancellationToken);
        await (await Task.WhenAny(_runner.Opened, initialized).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
