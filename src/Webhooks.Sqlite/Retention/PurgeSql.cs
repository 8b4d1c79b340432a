namespace Webhooks;

/// <summary>The statements for forgetting.</summary>
internal static class PurgeSql
{
    public const string FirstDone = "SELECT min(id) FROM webhook_done WHERE id > ?1";

    public const string OldDone = """
        SELECT id FROM webhook_done
        WHERE id > ?1 AND id <= ?2 AND completed_at <= CASE state WHEN 2 THEN ?3 ELSE ?4 END
        ORDER BY id
        LIMIT ?5
        """;

    public const string DeleteDone = """
        DELETE FROM webhook_done
        WHERE id = ?1 AND completed_at <= CASE state WHEN 2 THEN ?2 ELSE ?3 END
        RETURNING message
        """;

    public const string DeleteAttempts = "DELETE FROM webhook_attempts WHERE delivery = ?1";

    public const string DeleteReplay = "DELETE FROM webhook_replays WHERE message = ?1 AND delivery = ?2";

    public const string DeleteMessage = """
        DELETE FROM webhook_messages
        WHERE number = ?1
            AND NOT EXISTS (SELECT 1 FROM webhook_replays WHERE message = ?1)
            AND NOT EXISTS (
                SELECT 1 FROM webhook_pending WHERE id >= first_delivery AND id < first_delivery + deliveries)
            AND NOT EXISTS (
                SELECT 1 FROM webhook_done WHERE id >= first_delivery AND id < first_delivery + deliveries)
        """;

    public const string UnwantedMessages = """
        SELECT number FROM webhook_messages m
        WHERE deliveries = 0 AND created_at <= ?1
            AND NOT EXISTS (SELECT 1 FROM webhook_replays WHERE message = m.number)
        ORDER BY created_at
        LIMIT ?2
        """;

    public const string DeleteKeys = """
        DELETE FROM webhook_idempotency
        WHERE (tenant, key) IN (
            SELECT tenant, key FROM webhook_idempotency WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
        """;

    public const string DeletedLanes = """
        SELECT l.endpoint FROM webhook_lanes l CROSS JOIN webhook_endpoints e ON e.number = l.endpoint
        WHERE e.state = 2
        LIMIT 1
        """;

    public const string DeleteHours = """
        DELETE FROM webhook_hours
        WHERE hour < ?1
            AND last_message < ifnull((SELECT min(number) FROM webhook_messages), 9223372036854775807)
            AND last_delivery < ifnull((SELECT min(id) FROM webhook_pending), 9223372036854775807)
            AND last_delivery < ifnull((SELECT min(id) FROM webhook_done), 9223372036854775807)
        """;
}
