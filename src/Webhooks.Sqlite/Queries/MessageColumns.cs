namespace Webhooks;

/// <summary>Reads messages from the columns of <c>webhook_messages</c>.</summary>
internal static class MessageColumns
{
    /// <summary>All columns but the payload, which comes last where it is wanted.</summary>
    public const string Names = """
        m.number, m.id, m.tenant, m.event_type, m.timestamp, m.created_at, m.expires_at, m.content_type,
        m.ordering_key, m.idempotency_key, m.headers
        """;

    public const int Count = 11;

    private const string FindSql = $"SELECT {Names}, m.payload FROM webhook_messages m WHERE m.number = ?1";

    /// <summary>Reads a message by its number, payload included.</summary>
    public static MessageRecord Find(DatabaseConnection connection, long number)
    {
        var row = connection.Prepare(FindSql).Bind(1, number);
        if (!row.Step())
            throw new InvalidOperationException($"Message {number} is missing, though it has deliveries.");
        var message = Read(row, withPayload: true);
        row.Reset();
        return message;
    }

    public static MessageRecord Read(Statement row, bool withPayload) => new()
    {
        Number = row.Long(0),
        Id = row.Text(1),
        Tenant = row.Text(2),
        EventType = row.Text(3),
        Timestamp = StoreTime.To(row.Long(4)),
        CreatedAt = StoreTime.To(row.Long(5)),
        ExpiresAt = StoreTime.To(row.LongOrNull(6)),
        ContentType = row.Text(7),
        OrderingKey = row.TextOrNull(8),
        IdempotencyKey = row.TextOrNull(9),
        Headers = row.IsNull(10) ? ReadOnlyMemory<byte>.Empty : row.Blob(10),
        Payload = withPayload ? row.Blob(Count) : ReadOnlyMemory<byte>.Empty,
    };
}
