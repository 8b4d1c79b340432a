namespace Webhooks;

/// <summary>The statements for delivering again.</summary>
internal static class RedeliverySql
{
    public const string FindPending = """
        SELECT endpoint, held, CASE WHEN lease IS NULL THEN 0 ELSE leased_until END
        FROM webhook_pending
        WHERE id = ?1
        """;

    public const string Restart = """
        UPDATE webhook_pending
        SET retry = 0, due = 0, due_since = ?2, tries = 0, first_try_at = NULL, asked_by = ?3,
            lease = NULL, leased_until = 0
        WHERE id = ?1
        """;

    public const string FindDone = "SELECT endpoint FROM webhook_done WHERE id = ?1";

    public const string KeepAttempt = $"""
        INSERT OR REPLACE INTO webhook_attempts (delivery, {AttemptColumns.Names})
        SELECT id, {AttemptColumns.Names} FROM webhook_done WHERE id = ?1 AND number IS NOT NULL
        """;

    public const string CopyToPending = """
        INSERT INTO webhook_pending (
            id, message, endpoint, retry, due, due_since, held, created_at, tenant, ordering_key,
            attempts, tries, first_try_at, asked_by, lease, leased_until)
        SELECT id, message, endpoint, 0, 0, ?2, 0, created_at, tenant, NULL, attempts, 0, NULL, ?3, NULL, 0
        FROM webhook_done
        WHERE id = ?1
        """;

    public const string DeleteDone = "DELETE FROM webhook_done WHERE id = ?1";

    public const string FindMessage =
        "SELECT tenant, first_delivery, deliveries FROM webhook_messages WHERE number = ?1";

    /// <summary>A message's delivery to an endpoint, among its own and those that replays added.</summary>
    public const string FindDelivery = """
        SELECT id FROM webhook_pending WHERE id >= ?2 AND id < ?3 AND endpoint = ?4
        UNION ALL
        SELECT id FROM webhook_done WHERE id >= ?2 AND id < ?3 AND endpoint = ?4
        UNION ALL
        SELECT p.id FROM webhook_replays r CROSS JOIN webhook_pending p ON p.id = r.delivery
        WHERE r.message = ?1 AND p.endpoint = ?4
        UNION ALL
        SELECT d.id FROM webhook_replays r CROSS JOIN webhook_done d ON d.id = r.delivery
        WHERE r.message = ?1 AND d.endpoint = ?4
        LIMIT 1
        """;

    public const string NoteReplay = "INSERT INTO webhook_replays (message, delivery) VALUES (?1, ?2)";
}
