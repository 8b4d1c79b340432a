using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks;

/// <summary>
/// A prepared statement that is used again and again. It speaks to SQLite directly: a command object with its
/// parameters and reader costs as much as the statement itself, and a delivery takes half a dozen statements.
/// </summary>
/// <remarks>Parameters keep their values, so bind all of them each time.</remarks>
internal sealed class Statement : IDisposable
{
    private const int BytesOnStack = 512;
    private const int MostBytesPerCharacter = 3;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        var code = raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement);
        if (code != raw.SQLITE_OK)
            throw SqliteErrors.Create(database, code);
    }

    /// <summary>How many steps SQLite's virtual machine took for this statement so far.</summary>
    public int Steps => raw.sqlite3_stmt_status(_statement, raw.SQLITE_STMTSTATUS_VM_STEP, 0);

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public Statement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    public Statement Bind(int index, string? value)
    {
        if (value is null)
            return BindNull(index);
        if (value.Length == 0)
            Check(raw.sqlite3_bind_text(_statement, index, ""));
        else
            BindEncoded(index, value);
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, which SQLite would take for null.
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public Statement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>Goes to the next row. Resets the statement when there is none; who stops before that must call
    /// <see cref="Reset"/>.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
            throw Failure(code);
        Reset();
        return false;
    }

    /// <summary>Runs a statement whose rows, if any, don't matter.</summary>
    public void Run()
    {
        while (Step())
        {
            // The rows only have to pass by.
        }
    }

    /// <summary>Runs a statement that changes rows, and says how many.</summary>
    public int Change()
    {
        Run();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs a statement to its end for the number in its row; null for no row, or for a null in it.</summary>
    public long? Scalar()
    {
        var value = default(long?);
        while (Step())
            value = LongOrNull(0);
        return value;
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int(int column) => raw.sqlite3_column_int(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    // By its bytes, since the text's own function would stop at a NUL character.
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void BindEncoded(int index, string value)
    {
        var size = value.Length * MostBytesPerCharacter;
        var rented = size > BytesOnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented ?? stackalloc byte[BytesOnStack];
        var code = raw.sqlite3_bind_text(_statement, index, bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Check(code);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw SqliteErrors.Create(_database, code);
    }

    private SqliteException Failure(int code)
    {
        // The message is the connection's latest, so it is taken before the reset.
        var failure = SqliteErrors.Create(_database, code);
        Reset();
        return failure;
    }
}
