-- Messages that no endpoint wanted. $1 how many, older than $2.
WITH old AS (
    SELECT m.number
    FROM {schema}.messages m
    WHERE m.deliveries = 0 AND m.created_at < now() - $2 AND current_setting('webhooks.purging') = 'true'
        AND NOT EXISTS (SELECT FROM {schema}.pending p WHERE p.message = m.number)
        AND NOT EXISTS (SELECT FROM {schema}.done d WHERE d.message = m.number)
    ORDER BY m.created_at
    LIMIT $1
),
gone AS (
    DELETE FROM {schema}.messages m USING old WHERE m.number = old.number RETURNING m.number
)
SELECT count(*)::integer FROM gone
