using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Webhooks;

/// <summary>Opens connections to the store's file, each set up for its purpose.</summary>
internal sealed class SqliteDatabase(SqliteStoreOptions options)
{
    private const int PageBytes = 8192;
    private const int CheckpointPages = 2000;
    private const int LogBytesToKeep = 64 * 1024 * 1024;
    private const int WriterCacheKibibytes = 16 * 1024;
    private const int ReaderCacheKibibytes = 2 * 1024;

    private static readonly TimeSpan ReaderLockTime = TimeSpan.FromSeconds(30);

    private readonly TableNames _names = new(options.TablePrefix);

    public SqliteStoreOptions Options => options;

    public TableNames Names => _names;

    /// <summary>Opens the connection that writes. Throws a busy error where the journal's mode has to change while
    /// others use the file: then try again.</summary>
    /// <param name="mayCreate">Whether the file is created if it isn't there.</param>
    public DatabaseConnection OpenWriter(bool mayCreate = true)
    {
        var connection = Open(mayCreate);
        try
        {
            // Of a new file only. Twice the usual size holds seven payloads of 1 KiB instead of three, and halves the
            // calls that a commit takes.
            connection.RunScript(Setting("page_size", PageBytes));
            UseWriteAheadLog(connection);
            connection.RunScript($"PRAGMA synchronous = {Synchronous}");
            connection.RunScript($"PRAGMA fullfsync = {(options.Synchronous == SqliteSynchronous.Extra ? 1 : 0)}");
            connection.RunScript(Setting("wal_autocheckpoint", CheckpointPages));
            connection.RunScript(Setting("journal_size_limit", LogBytesToKeep));
            connection.RunScript(Setting("cache_size", -WriterCacheKibibytes));
            connection.RunScript("PRAGMA temp_store = MEMORY");
            if (options.MaxPageCount > 0)
                connection.RunScript(Setting("max_page_count", options.MaxPageCount));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that can't write. The writer has to have opened the file before.</summary>
    public DatabaseConnection OpenReader()
    {
        var connection = Open(mayCreate: false);
        connection.WaitForLocks(ReaderLockTime);
        connection.RunScript("PRAGMA query_only = ON");
        connection.RunScript(Setting("cache_size", -ReaderCacheKibibytes));
        return connection;
    }

    private string Synchronous => options.Synchronous switch
    {
        SqliteSynchronous.Normal => "NORMAL",
        SqliteSynchronous.Extra => "EXTRA",
        _ => "FULL",
    };

    private static string Setting(string name, long value)
        => string.Create(CultureInfo.InvariantCulture, $"PRAGMA {name} = {value}");

    private static void UseWriteAheadLog(DatabaseConnection connection)
    {
        if (connection.Pragma("journal_mode") == "wal")
            return;
        var mode = connection.Pragma("journal_mode = WAL");
        if (mode != "wal")
        {
            throw new InvalidOperationException(
                $"SQLite can't use write-ahead logging on this file, its journal stays {mode}: the store needs a file "
                    + "on a local disk.");
        }
    }

    private DatabaseConnection Open(bool mayCreate)
    {
        // Connections are kept by the store itself, with the statements prepared on them.
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false };
        if (!mayCreate && builder.Mode == SqliteOpenMode.ReadWriteCreate)
            builder.Mode = SqliteOpenMode.ReadWrite;
        var connection = new SqliteConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            return new DatabaseConnection(connection.Handle!, _names, connection);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw MissingFolder(builder.DataSource, exception) ?? (Exception)SqliteErrors.Create(
                exception.SqliteErrorCode, exception.SqliteExtendedErrorCode, exception.Message);
        }
    }

    private static DirectoryNotFoundException? MissingFolder(string source, SqliteException exception)
    {
        var path = source.StartsWith("file:", StringComparison.Ordinal) ? null : Path.GetFullPath(source);
        var folder = Path.GetDirectoryName(path);
        return folder is null || Directory.Exists(folder)
            ? null
            : new DirectoryNotFoundException(
                $"The SQLite file {path} can't be created, since its folder doesn't exist: create it first.", exception);
    }
}
