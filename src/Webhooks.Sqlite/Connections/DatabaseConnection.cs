using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks;

/// <summary>A connection with the statements that were prepared on it. For one thread at a time.</summary>
internal sealed class DatabaseConnection(sqlite3 handle, TableNames names, SqliteConnection? owned) : IDisposable
{
    // By reference, since the statements are constants and hashing their texts would cost more than finding them.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    public bool IsInTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>The database file's full path as SQLite knows it; empty if there is none.</summary>
    public string Path => PathOf(handle);

    /// <summary>How many steps SQLite's virtual machine took for the statements that are kept.</summary>
    public long Steps => _statements.Values.Sum(static statement => (long)statement.Steps);

    public static string PathOf(sqlite3 handle) => raw.sqlite3_db_filename(handle, "main").utf8_to_string() ?? "";

    /// <exception cref="FileGoneException">The file isn't any more where it was opened.</exception>
    public void CheckFile()
    {
        if (FileIdentity.HasMoved(handle))
            throw SqliteErrors.Gone(Path);
    }

    /// <summary>The statement of a constant, prepared once.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
            return statement;
        statement = new Statement(handle, names.Apply(sql));
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>A statement for one use, to dispose of.</summary>
    public Statement PrepareOnce(string sql) => new(handle, names.Apply(sql));

    public void Run(string sql) => Prepare(sql).Run();

    /// <summary>Runs a script of statements.</summary>
    public void RunScript(string sql)
    {
        var code = raw.sqlite3_exec(handle, names.Apply(sql), out var message);
        if (code != raw.SQLITE_OK)
            throw SqliteErrors.Create(code, raw.sqlite3_extended_errcode(handle), message);
    }

    public string? Pragma(string name)
    {
        using var statement = PrepareOnce($"PRAGMA {name}");
        var value = statement.Step() ? statement.TextOrNull(0) : null;
        statement.Reset();
        return value;
    }

    public void WaitForLocks(TimeSpan time)
        => raw.sqlite3_busy_timeout(handle, (int)Math.Clamp(time.TotalMilliseconds, 0, int.MaxValue));

    /// <summary>Ends whatever was half read.</summary>
    public void Reset()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
    }

    /// <summary>Ends the transaction, if there still is one, and whatever was half read.</summary>
    public void Abandon()
    {
        Reset();
        if (IsInTransaction)
            RunScript("ROLLBACK");
    }

    /// <summary>Runs a query on one state of the database.</summary>
    public T Read<T>(Func<DatabaseConnection, T> query)
    {
        Run("BEGIN");
        try
        {
            return query(this);
        }
        finally
        {
            Abandon();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        owned?.Dispose();
    }
}
