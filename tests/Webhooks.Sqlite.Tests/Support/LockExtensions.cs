using Microsoft.Data.Sqlite;

namespace Webhooks.Tests;

internal static class LockExtensions
{
    /// <summary>Lets the writer go on.</summary>
    public static void Release(this SqliteTransaction transaction)
    {
        var connection = transaction.Connection!;
        transaction.Rollback();
        connection.Dispose();
    }
}
