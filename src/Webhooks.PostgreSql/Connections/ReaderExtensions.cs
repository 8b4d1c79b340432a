using Npgsql;

namespace Webhooks;

/// <summary>Reads columns as the records have them.</summary>
internal static class ReaderExtensions
{
    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column)
        => row.IsDBNull(column) ? null : row.Time(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column)
        => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] BytesOrNone(this NpgsqlDataReader row, int column)
        => row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
}
