using System.Net.Sockets;
using Npgsql;

namespace Webhooks;

/// <summary>Tells apart what goes wrong with a server.</summary>
internal static class Failures
{
    /// <summary>Whether the connection is gone, or there was none to be had.</summary>
    public static bool IsLostConnection(Exception exception) => exception switch
    {
        PostgresException { SqlState: [.. var area, _, _, _] } known => area == "08"
            || known.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped,
        NpgsqlException { InnerException: IOException or SocketException or EndOfStreamException } => true,
        _ => false,
    };

    /// <summary>Whether the same may well succeed in a moment.</summary>
    public static bool IsPassing(Exception exception) => IsLostConnection(exception) || IsRolledBack(exception)
        || exception is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections };

    /// <summary>Whether it is certain that nothing was done.</summary>
    public static bool IsUndone(Exception exception) => IsRolledBack(exception)
        || exception is PostgresException
        {
            SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        };

    private static bool IsRolledBack(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };
}
