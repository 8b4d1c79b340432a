using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks;

/// <summary>Transactions on connections of the store's for what the application writes, one after the other.</summary>
internal sealed class OwnTransactions(SqliteStoreOptions options, WriteTurns turns)
{
    public async Task RunAsync(
        Func<DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await turns.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var connection = new SqliteConnection(options.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                await RunAsync(connection, work, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            turns.Pass();
        }
    }

    private static async Task RunAsync(
        SqliteConnection connection, Func<DbTransaction, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var transaction = Begin(connection);
        await using (transaction.ConfigureAwait(false))
        {
            await work(transaction, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Other processes have the lock for moments, for which SQLite's own pauses are short enough; its library's are not.
    private static SqliteTransaction Begin(SqliteConnection connection)
    {
        var handle = connection.Handle!;
        raw.sqlite3_busy_timeout(handle, (int)LockPatience.OneWait.TotalMilliseconds);
        try
        {
            return connection.BeginTransaction();
        }
        finally
        {
            raw.sqlite3_busy_timeout(handle, 0);
        }
    }
}
