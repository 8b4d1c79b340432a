WITH old AS (
    SELECT k.tenant, k.key
    FROM {schema}.idempotency k
    WHERE k.expires_at <= now() AND current_setting('webhooks.purging') = 'true'
    ORDER BY k.expires_at
    LIMIT $1
    FOR UPDATE SKIP LOCKED
),
gone AS (
    DELETE FROM {schema}.idempotency k USING old
    WHERE k.tenant = old.tenant AND k.key = old.key
    RETURNING 1
)
SELECT count(*)::integer FROM gone
