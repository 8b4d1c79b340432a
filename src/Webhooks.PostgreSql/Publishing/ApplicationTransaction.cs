using System.Data.Common;
using Npgsql;

namespace Webhooks;

/// <summary>Checks a transaction that the application hands in.</summary>
internal static class ApplicationTransaction
{
    /// <exception cref="ArgumentException">It is of another database, or has ended.</exception>
    public static NpgsqlTransaction Check(DbTransaction transaction)
    {
        if (transaction is not NpgsqlTransaction known)
        {
            throw new ArgumentException(
                $"The transaction is a {transaction.GetType().Name}: the PostgreSQL store needs an NpgsqlTransaction.",
                nameof(transaction));
        }

        return IsOpen(known)
            ? known
            : throw new ArgumentException("The transaction has ended.", nameof(transaction));
    }

    private static bool IsOpen(NpgsqlTransaction transaction)
    {
        try
        {
            // Asking for it throws once the transaction has ended; there is nothing else to ask.
            _ = transaction.IsolationLevel;
            return transaction.Connection is not null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
    }
}
