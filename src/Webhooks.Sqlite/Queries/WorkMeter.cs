namespace Webhooks;

/// <summary>Measures how much work there is.</summary>
internal static class WorkMeter
{
    private const string PendingSql = "SELECT pending FROM webhook_meta";

    // What an endpoint is owed longest stands first among its deliveries at once, or first among those with a time. Of
    // endpoints that aren't enabled nothing is due.
    private const string OldestDueSql = """
        SELECT min(min(
            ifnull((SELECT coalesce(due_since, created_at) FROM webhook_pending
                WHERE held = 0 AND endpoint = l.endpoint AND retry = 0 AND due = 0 ORDER BY id LIMIT 1), ?1),
            ifnull((SELECT due FROM webhook_pending
                WHERE held = 0 AND endpoint = l.endpoint AND retry = 0 AND due > 0 ORDER BY due LIMIT 1), ?1),
            ifnull((SELECT due FROM webhook_pending
                WHERE held = 0 AND endpoint = l.endpoint AND retry = 1 ORDER BY due LIMIT 1), ?1)))
        FROM (SELECT endpoint FROM webhook_lanes WHERE look_at <= ?1 OR next_due <= ?1 LIMIT 2000) l
        CROSS JOIN webhook_endpoints e ON e.number = l.endpoint
        WHERE e.state = 0
        """;

    public static StoreStatistics Measure(DatabaseConnection connection, long now)
    {
        var pending = connection.Prepare(PendingSql).Scalar() ?? 0;
        var oldest = connection.Prepare(OldestDueSql).Bind(1, now).Scalar() ?? now;
        return new StoreStatistics(pending, TimeSpan.FromTicks(Math.Max(0, now - oldest)));
    }
}
