namespace Webhooks;

/// <summary>The statements for rows of <c>webhook_pending</c>.</summary>
internal static class PendingSql
{
    public const string Insert = """
        INSERT INTO webhook_pending (
            id, message, endpoint, retry, due, due_since, held, created_at, tenant, ordering_key,
            attempts, tries, first_try_at, asked_by, lease, leased_until)
        VALUES (?1, ?2, ?3, 0, ?4, NULL, ?5, ?6, ?7, ?8, 0, 0, NULL, ?9, ?10, ?11)
        """;

    public const string CopyToDone = """
        INSERT INTO webhook_done (
            id, message, endpoint, state, failure, created_at, completed_at, tenant, attempts,
            number, started_at, duration, asked_by, error, status_code, error_message, snippet)
        SELECT id, message, endpoint, ?3, ?4, created_at, ?5, tenant, attempts + ?6,
            ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14
        FROM webhook_pending
        WHERE id = ?1 AND (?2 IS NULL OR lease = ?2)
        """;

    public const string DeleteUnordered = "DELETE FROM webhook_pending WHERE id = ?1 AND ordering_key IS NULL";

    public const string Delete = "DELETE FROM webhook_pending WHERE id = ?1";

    public const string Order = "SELECT endpoint, ordering_key, tenant FROM webhook_pending WHERE id = ?1";

    public const string HasOrder = """
        SELECT 1 FROM webhook_pending
        WHERE ordering_key IS NOT NULL AND endpoint = ?1 AND ordering_key = ?2 AND tenant = ?3
        LIMIT 1
        """;

    public const string Head = """
        SELECT id, due, held FROM webhook_pending
        WHERE ordering_key IS NOT NULL AND endpoint = ?1 AND ordering_key = ?2 AND tenant = ?3
        ORDER BY id
        LIMIT 1
        """;

    public const string LetGo = "UPDATE webhook_pending SET held = 0 WHERE id = ?1";
}
