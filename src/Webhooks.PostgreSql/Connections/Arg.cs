using Npgsql;
using NpgsqlTypes;

namespace Webhooks;

/// <summary>Parameters for statements, in the order of their places.</summary>
internal static class Arg
{
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter Texts(string?[]? values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Text(string? value)
        => new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Time(DateTimeOffset? value) => new()
    {
        Value = value is { } time ? time.UtcDateTime : DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    public static NpgsqlParameter Optional<T>(T? value, NpgsqlDbType type)
        where T : struct
        => new() { Value = value is { } known ? known : DBNull.Value, NpgsqlDbType = type };

    public static NpgsqlParameter Times(DateTime?[]? values) => Array(values, NpgsqlDbType.TimestampTz);

    /// <summary>An array; null where each value would be.</summary>
    public static NpgsqlParameter Array<T>(T[]? values, NpgsqlDbType elementType) => new()
    {
        Value = (object?)values ?? DBNull.Value,
        NpgsqlDbType = NpgsqlDbType.Array | elementType,
    };
}
