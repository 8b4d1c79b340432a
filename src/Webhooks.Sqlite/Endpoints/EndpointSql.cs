namespace Webhooks;

/// <summary>The statements for endpoints.</summary>
internal static class EndpointSql
{
    public const string Insert = """
        INSERT INTO webhook_endpoints (
            id, tenant, state, disabled_reason, created_at, updated_at, revision, settings)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
        ON CONFLICT (id) DO NOTHING
        RETURNING number
        """;

    public const string Find = "SELECT id, tenant, created_at, revision FROM webhook_endpoints WHERE number = ?1";

    public const string Update = """
        UPDATE webhook_endpoints
        SET state = ?2, disabled_reason = ?3, updated_at = ?4, revision = ?5, settings = ?6
        WHERE number = ?1
        """;

    public const string Read = """
        SELECT number, id, tenant, state, disabled_reason, created_at, updated_at, revision, settings
        FROM webhook_endpoints
        WHERE revision > ?1 AND (?1 > 0 OR state <> 2)
        """;

    public const string Revision = "SELECT endpoint_revision FROM webhook_meta";

    /// <summary>Some of an endpoint's pending deliveries; those with an ordering key may come twice.</summary>
    public const string PendingOf = """
        SELECT id FROM webhook_pending WHERE held = 0 AND endpoint = ?1
        UNION ALL
        SELECT id FROM webhook_pending WHERE ordering_key IS NOT NULL AND endpoint = ?1
        LIMIT ?2
        """;

    public const string AddFailing =
        "INSERT INTO webhook_failing (endpoint, since) VALUES (?1, ?2) ON CONFLICT (endpoint) DO NOTHING";

    public const string FailingSince = "SELECT since FROM webhook_failing WHERE endpoint = ?1";

    public const string RemoveFailing = "DELETE FROM webhook_failing WHERE endpoint = ?1";
}
