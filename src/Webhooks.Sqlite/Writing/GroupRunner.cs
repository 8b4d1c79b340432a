using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Webhooks;

/// <summary>
/// Runs groups of operations, each group in one transaction. Opens the database when the first one comes, and again
/// after an error that leaves its connection in doubt.
/// </summary>
internal sealed class GroupRunner(
    SqliteDatabase database, WriteTurns turns, SchemaMigration migration, TimeProvider timeProvider, ILogger logger)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LockPatience _patience = new(database.Options.LockTimeout, logger);

    private DatabaseConnection? _connection;
    private WriteTransaction? _transaction;
    private bool _hasTurn;

    /// <summary>How many transactions were committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Where the file is; empty until it was opened.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Completes when the file was opened for the first time.</summary>
    public Task Opened => _opened.Task;

    /// <summary>From now on a lock of somebody else isn't waited for much longer.</summary>
    public void BeginClosing() => _patience.BeginClosing();

    /// <summary>Does all that is in a group. What couldn't be done says so in its
    /// <see cref="WriteOperation.Failure"/>.</summary>
    public void Run(List<WriteOperation> group)
    {
        try
        {
            if (!_patience.Try(group, TakeTurn) || !_patience.Try(group, Open) || !_patience.Try(group, Begin))
                return;
            group.RemoveAll(static operation => !operation.TryTake());
            if (!TryTogether(group) && !TryApart(group))
                OneByOne(group);
        }
#pragma warning disable CA1031 // Whatever it is, the callers learn of it and the writer goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FailAll(group, exception);
        }
        finally
        {
            PassTurn();
        }
    }

    /// <summary>Empties the write-ahead log and closes the file.</summary>
    public void Close()
    {
        if (_connection is not { } connection)
            return;
        try
        {
            connection.WaitForLocks(TimeSpan.Zero);
            connection.Pragma("wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException exception)
        {
            // The log is read again when the file is opened: nothing is lost, and nobody waits for this.
            logger.CheckpointFailed(exception);
        }

        Drop();
    }

    private void TakeTurn()
    {
        turns.Take(LockPatience.OneWait);
        _hasTurn = true;
    }

    private void PassTurn()
    {
        if (_hasTurn)
            turns.Pass();
        _hasTurn = false;
    }

    private void Open()
    {
        if (_connection is not null)
            return;
        var wasOpen = _opened.Task.IsCompleted;
        if (wasOpen && !File.Exists(Path))
            throw SqliteErrors.Gone(Path);
        var connection = database.OpenWriter(mayCreate: !wasOpen);
        try
        {
            connection.WaitForLocks(LockPatience.OneWait);
            // An empty file in the old one's place isn't filled with tables.
            if (wasOpen && !SchemaMigration.HasTables(connection))
                throw SqliteErrors.Gone(Path);
            migration.Run(connection);
            Path = connection.Path;
            logger.DatabaseOpened(Path, raw.sqlite3_libversion().utf8_to_string(), database.Options.Synchronous);
            _transaction = new WriteTransaction(connection, timeProvider);
            _connection = connection;
            _opened.TrySetResult();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Begin() => _transaction!.Begin();

    // Nearly always nothing fails, and then savepoints would cost more than the work. So the group is first tried
    // without; if something fails, all is rolled back and done once more, each operation under its own savepoint.
    private bool TryTogether(List<WriteOperation> group)
    {
        try
        {
            foreach (var operation in group)
                operation.Execute(_transaction!);
            Commit(group);
            return true;
        }
#pragma warning disable CA1031 // Of whatever kind: the operations are done once more.
        catch (Exception exception) when (!SqliteErrors.IsFatal(exception))
#pragma warning restore CA1031
        {
            _transaction!.Rollback();
            if (group.Count > 1)
                return false;
            Fail(group[0], exception);
            return true;
        }
    }

    private bool TryApart(List<WriteOperation> group)
    {
        if (!_patience.Try(group, Begin))
            return true;
        try
        {
            foreach (var operation in group)
                RunApart(operation);
            Commit(group);
            return true;
        }
        catch (SqliteException exception) when (!SqliteErrors.IsFatal(exception))
        {
            _transaction!.Rollback();
            return false;
        }
    }

    private void RunApart(WriteOperation operation)
    {
        try
        {
            _transaction!.RunApart(operation);
        }
#pragma warning disable CA1031 // It is the operation's own failure, and its caller's to know.
        catch (Exception exception) when (_connection!.IsInTransaction && !SqliteErrors.IsFatal(exception))
#pragma warning restore CA1031
        {
            Fail(operation, exception);
        }
    }

    // A full disk ends a transaction whole. What is small may still have room, such as the outcomes of deliveries.
    private void OneByOne(List<WriteOperation> group)
    {
        foreach (var operation in group.Where(static operation => operation.Failure is null))
        {
            List<WriteOperation> alone = [operation];
            if (_patience.Try(alone, Begin))
                TryTogether(alone);
        }
    }

    private void Commit(List<WriteOperation> group)
    {
        _transaction!.Commit();
        // After the commit, so that whoever is told that something is stored can rely on it: what was written into a
        // file that nobody finds any more wasn't.
        _connection!.CheckFile();
        Commits++;
        foreach (var operation in group)
            operation.IsStored = operation.Failure is null;
    }

    private void Fail(WriteOperation operation, Exception exception)
    {
        operation.Failure = exception;
        logger.OperationFailed(exception, operation.Name);
    }

    private void FailAll(List<WriteOperation> group, Exception exception)
    {
        foreach (var operation in group.Where(static operation => !operation.IsStored))
            operation.Failure ??= exception;
        if (_connection is null)
            logger.OpenFailed(exception);
        else
            logger.GroupFailed(exception, group.Count);

        try
        {
            _transaction?.Rollback();
        }
        catch (SqliteException rollback)
        {
            logger.GroupFailed(rollback, 0);
            exception = rollback;
        }

        if (SqliteErrors.IsFatal(exception))
            Drop();
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
        _transaction = null;
    }
}
