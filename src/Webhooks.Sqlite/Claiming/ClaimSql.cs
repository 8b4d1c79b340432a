namespace Webhooks;

/// <summary>The statements for claiming.</summary>
internal static class ClaimSql
{
    /// <summary>The endpoints with pending deliveries, after one and up to another.</summary>
    public const string Lanes = """
        SELECT endpoint, look_at, next_due FROM webhook_lanes
        WHERE endpoint > ?1 AND endpoint <= ?2
        ORDER BY endpoint
        """;

    /// <summary>A lane's deliveries after one of them, in their order, first tries or retries.</summary>
    public const string Deliveries = """
        SELECT id, due, message, attempts, tries, first_try_at, asked_by, ordering_key IS NOT NULL,
            CASE WHEN lease IS NULL THEN 0 ELSE leased_until END
        FROM webhook_pending
        WHERE held = 0 AND endpoint = ?1 AND retry = ?2 AND (due, id) > (?3, ?4)
        ORDER BY due, id
        """;

    public const string Lease = "UPDATE webhook_pending SET lease = ?2, leased_until = ?3 WHERE id = ?1";
}
