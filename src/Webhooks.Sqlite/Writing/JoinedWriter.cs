using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Webhooks;

/// <summary>
/// Writes through an application's own transaction. Its statements are prepared anew each time: to keep them would keep
/// the application's connection from closing, and a flush of the disk costs more than they do.
/// </summary>
internal sealed class JoinedWriter(TableNames names, TimeProvider timeProvider, ILogger logger)
{
    // Through a command of the application's library, which waits for a lock as its connection is set to.
    private const string TakeWriteLock = "UPDATE webhook_meta SET id = id";

    // The hook goes with SQLite's own connection, which the library's pool hands from one object to the next.
    private readonly ConditionalWeakTable<sqlite3, CommitHook> _hooks = [];

    public PublishOutcome Publish(PublishBatch batch, DbTransaction transaction, Action committed, string path)
    {
        var connection = ConnectionOf(transaction, path);
        var handle = connection.Handle!;
        var outcome = Write(connection, transaction, write => BatchPublisher.Publish(write, batch));
        if (!outcome.IsStale)
            _hooks.GetValue(handle, created => new CommitHook(created, logger)).Call(committed);
        return outcome;
    }

    public IReadOnlyList<bool> Complete(
        IReadOnlyList<DeliveryOutcome> outcomes, DbTransaction transaction, string path)
        => Write(ConnectionOf(transaction, path), transaction, write => OutcomeWriter.Complete(write, outcomes));

    private T Write<T>(SqliteConnection connection, DbTransaction transaction, Func<WriteTransaction, T> execute)
    {
        LockForWriting(connection, (SqliteTransaction)transaction);
        using var statements = new DatabaseConnection(connection.Handle!, names, owned: null);
        var write = new WriteTransaction(statements, timeProvider);
        write.Join();
        return WriteWhole(statements, write, execute);
    }

    // All or nothing, also where the application catches the exception and goes on with its transaction.
    private static T WriteWhole<T>(
        DatabaseConnection connection, WriteTransaction write, Func<WriteTransaction, T> execute)
    {
        connection.Run("SAVEPOINT webhooks");
        try
        {
            var result = execute(write);
            write.Flush();
            connection.Run("RELEASE webhooks");
            return result;
        }
        catch when (connection.IsInTransaction)
        {
            connection.Reset();
            connection.Run("ROLLBACK TO webhooks");
            connection.Run("RELEASE webhooks");
            throw;
        }
    }

    private static SqliteConnection ConnectionOf(DbTransaction transaction, string path)
    {
        if (transaction is not SqliteTransaction)
        {
            throw new ArgumentException(
                $"The webhooks are stored in SQLite, so only a SqliteTransaction of {path} can be joined, not a "
                    + $"{transaction.GetType().Name}.",
                nameof(transaction));
        }

        if (transaction.Connection is not SqliteConnection { Handle: { } handle } connection)
            throw new ArgumentException("The transaction has ended already.", nameof(transaction));

        var other = DatabaseConnection.PathOf(handle);
        if (FileIdentity.HasMoved(handle))
            throw SqliteErrors.Gone(other);
        return string.Equals(other, path, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            ? connection
            : throw new ArgumentException(
                $"The transaction is of another database, '{other}': the webhooks are stored in '{path}'.",
                nameof(transaction));
    }

    private void LockForWriting(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // A constant, but for the tables' prefix, which was checked.
        command.CommandText = names.Apply(TakeWriteLock);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
