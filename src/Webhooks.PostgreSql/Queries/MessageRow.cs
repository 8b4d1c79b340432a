using Npgsql;

namespace Webhooks;

/// <summary>Reads messages.</summary>
internal static class MessageRow
{
    /// <summary>Reads a message whose columns begin at a place, in the order in which all statements name them.</summary>
    public static MessageRecord Read(NpgsqlDataReader row, long number, int first) => new()
    {
        Number = number,
        CreatedAt = row.Time(first),
        Timestamp = row.Time(first + 1),
        ExpiresAt = row.TimeOrNull(first + 2),
        Id = row.GetString(first + 3),
        Tenant = row.GetString(first + 4),
        EventType = row.GetString(first + 5),
        ContentType = row.GetString(first + 6),
        OrderingKey = row.TextOrNull(first + 7),
        IdempotencyKey = row.TextOrNull(first + 8),
        Headers = row.BytesOrNone(first + 9),
        Payload = row.BytesOrNone(first + 10),
    };
}
