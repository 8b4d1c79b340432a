using Microsoft.Extensions.Logging;

namespace Webhooks;

/// <summary>What the SQLite store logs, event ids 450 to 469.</summary>
internal static partial class Log
{
    [LoggerMessage(450, LogLevel.Information, "The webhooks' tables were brought to version {Version}")]
    public static partial void SchemaStepApplied(this ILogger logger, int version);

    [LoggerMessage(451, LogLevel.Information,
        "Webhooks are kept in {Path}, SQLite {SqliteVersion}, synchronous {Synchronous}")]
    public static partial void DatabaseOpened(
        this ILogger logger, string path, string sqliteVersion, SqliteSynchronous synchronous);

    [LoggerMessage(452, LogLevel.Warning,
        "Another connection holds the write lock of the SQLite database: {Operations} operations have waited for "
            + "{ElapsedMilliseconds} ms. Look for a transaction that was left open")]
    public static partial void DatabaseLocked(this ILogger logger, int operations, long elapsedMilliseconds);

    [LoggerMessage(453, LogLevel.Information, "The SQLite database is free again after {ElapsedMilliseconds} ms")]
    public static partial void DatabaseUnlocked(this ILogger logger, long elapsedMilliseconds);

    [LoggerMessage(454, LogLevel.Error, "SQLite could not store {Operations} operations; their callers were told")]
    public static partial void GroupFailed(this ILogger logger, Exception exception, int operations);

    [LoggerMessage(455, LogLevel.Warning, "SQLite could not do what {Operation} asked for; its caller was told")]
    public static partial void OperationFailed(this ILogger logger, Exception exception, string operation);

    [LoggerMessage(456, LogLevel.Warning, "The SQLite database could not be opened; the next operation tries again")]
    public static partial void OpenFailed(this ILogger logger, Exception exception);

    [LoggerMessage(457, LogLevel.Error, "What was to be told of a commit threw; a delivery may wait some seconds")]
    public static partial void CommitCallbackThrew(this ILogger logger, Exception exception);

    [LoggerMessage(458, LogLevel.Warning,
        "Work that other processes bring can't be noticed at once: the folder {Path} can't be watched")]
    public static partial void WatchFailed(this ILogger logger, Exception exception, string path);

    [LoggerMessage(459, LogLevel.Debug, "Other processes could not be told of work")]
    public static partial void NotifyFailed(this ILogger logger, Exception exception);

    [LoggerMessage(460, LogLevel.Debug, "The write-ahead log could not be emptied when closing")]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception);
}
