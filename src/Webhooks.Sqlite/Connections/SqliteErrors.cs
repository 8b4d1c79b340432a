using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks;

/// <summary>Makes exceptions of SQLite's result codes that say what to do.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCode = 0xFF;

    public static SqliteException Create(sqlite3 database, int code)
    {
        var extended = raw.sqlite3_extended_errcode(database);
        var isSame = (extended & PrimaryCode) == (code & PrimaryCode);
        return Create(code, isSame ? extended : code, raw.sqlite3_errmsg(database).utf8_to_string());
    }

    public static SqliteException Create(int code, int extended, string? message)
        => new($"SQLite error {code & PrimaryCode}: {message}.{Advice(code & PrimaryCode)}", code & PrimaryCode, extended);

    public static SqliteException Locked(TimeSpan time) => new(
        $"Another connection has kept the SQLite database locked for {time}, so nothing was stored. Look for a "
            + "transaction that was left open, or one that waits for this very call. SqliteStoreOptions.LockTimeout says "
            + "how long to wait.",
        raw.SQLITE_BUSY);

    /// <summary>The file isn't where it was opened.</summary>
    public static FileGoneException Gone(string path) => new(
        $"The SQLite file {path} was deleted, renamed or replaced while it was open, so nothing was stored. It isn't "
            + "created anew, since everything that it held would be forgotten. Put it back, with its -wal file, or stop "
            + "the application and restore a backup.");

    public static bool IsBusy(SqliteException exception)
        => exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Whether the connection is best thrown away, since what it knows of the file may be wrong.</summary>
    public static bool IsFatal(Exception exception) => exception is FileGoneException or SqliteException
    {
        SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN
            or raw.SQLITE_READONLY or raw.SQLITE_NOMEM or raw.SQLITE_INTERNAL or raw.SQLITE_MISUSE,
    };

    private static string Advice(int code) => code switch
    {
        raw.SQLITE_FULL => " The disk or its quota is full: nothing was stored. Make room; the store goes on by itself.",
        raw.SQLITE_CORRUPT => " The database file is damaged: stop, keep a copy of the file and its -wal, and restore a "
            + "backup.",
        raw.SQLITE_NOTADB => " The file isn't an SQLite database, or it is encrypted with another key.",
        raw.SQLITE_READONLY => " The application may not write the file or its folder, or the file was moved.",
        raw.SQLITE_CANTOPEN => " The file can't be opened: look at its folder and the permissions.",
        raw.SQLITE_IOERR => " Reading or writing the file failed: look at the disk.",
        _ => "",
    };
}
