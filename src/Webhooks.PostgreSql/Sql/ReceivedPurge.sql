WITH old AS (
    SELECT r.key
    FROM {schema}.received r
    WHERE r.until <= clock_timestamp()
    ORDER BY r.until
    LIMIT $1
    FOR UPDATE SKIP LOCKED
),
gone AS (
    DELETE FROM {schema}.received r USING old WHERE r.key = old.key
    RETURNING 1
)
SELECT count(*)::integer FROM gone
