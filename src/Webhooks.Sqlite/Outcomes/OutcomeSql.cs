namespace Webhooks;

/// <summary>The statements for ending and renewing leases.</summary>
internal static class OutcomeSql
{
    public const string FindLeased =
        "SELECT endpoint, due, tenant, ordering_key FROM webhook_pending WHERE id = ?1 AND lease = ?2";

    public const string Retry = """
        UPDATE webhook_pending
        SET due = ?2, due_since = NULL, retry = (tries + ?3 > 0), attempts = attempts + ?3, tries = tries + ?3,
            first_try_at = coalesce(first_try_at, ?4), asked_by = CASE ?3 WHEN 0 THEN asked_by ELSE 0 END,
            ordering_key = CASE ?5 WHEN 0 THEN ordering_key END, lease = NULL, leased_until = 0
        WHERE id = ?1
        """;

    public const string InsertAttempt = $"""
        INSERT OR REPLACE INTO webhook_attempts (delivery, {AttemptColumns.Names})
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    public const string Renew = "UPDATE webhook_pending SET leased_until = ?3 WHERE id = ?1 AND lease = ?2";

    public const string Release = "UPDATE webhook_pending SET lease = NULL, leased_until = 0 WHERE id = ?1";

    public const string AnyFailing = "SELECT EXISTS (SELECT 1 FROM webhook_failing)";

    public const string NoteSuccess = """
        UPDATE webhook_failing SET since = max(since, ?2)
        WHERE endpoint = (SELECT endpoint FROM webhook_done WHERE id = ?1)
        """;
}
