namespace Webhooks;

/// <summary>The statements for storing messages.</summary>
internal static class PublishSql
{
    public const string InsertMessage = """
        INSERT INTO webhook_messages (
            number, id, tenant, event_type, timestamp, created_at, expires_at, content_type,
            ordering_key, idempotency_key, first_delivery, deliveries, headers, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT (id) DO NOTHING
        """;

    public const string FindId = "SELECT tenant, deliveries FROM webhook_messages WHERE id = ?1";

    public const string FindKey = """
        SELECT message_id, deliveries FROM webhook_idempotency
        WHERE tenant = ?1 AND key = ?2 AND expires_at > ?3
        """;

    public const string InsertKey = """
        INSERT OR REPLACE INTO webhook_idempotency (tenant, key, expires_at, message_id, deliveries)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """;
}
