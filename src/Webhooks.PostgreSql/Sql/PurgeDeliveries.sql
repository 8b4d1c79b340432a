-- $1 how many; what succeeded or was cancelled longer ago than $2, what failed than $3.
WITH old AS (
    SELECT o.id
    FROM (
        (SELECT d.id FROM {schema}.done d
         WHERE d.state <> 2 AND d.completed_at < now() - $2 ORDER BY d.completed_at LIMIT $1)
        UNION ALL
        (SELECT d.id FROM {schema}.done d
         WHERE d.state = 2 AND d.completed_at < now() - $3 ORDER BY d.completed_at LIMIT $1)) o
    WHERE current_setting('webhooks.purging') = 'true'
    LIMIT $1
),
gone AS (
    DELETE FROM {schema}.done d
    USING old
    WHERE d.id = old.id
    RETURNING d.id, coalesce(d.message, d.id >> 20) AS message
),
tried AS (
    DELETE FROM {schema}.attempts a
    USING gone g
    WHERE a.delivery = g.id
),
bereft AS (
    SELECT g.message AS number, count(*) AS deliveries FROM gone g GROUP BY g.message
),
ended AS (
    -- Messages whose last deliveries these were. The statement still sees those.
    DELETE FROM {schema}.messages m
    USING bereft b
    WHERE m.number = b.number
        AND NOT EXISTS (SELECT FROM {schema}.pending p
            WHERE p.id >= b.number << 20 AND p.id < (b.number + 1) << 20 AND p.message IS NULL)
        AND NOT EXISTS (SELECT FROM {schema}.pending p WHERE p.message = b.number)
        AND b.deliveries =
            (SELECT count(*) FROM {schema}.done d
             WHERE d.id >= b.number << 20 AND d.id < (b.number + 1) << 20 AND d.message IS NULL)
            + (SELECT count(*) FROM {schema}.done d WHERE d.message = b.number)
    RETURNING m.number
)
SELECT (SELECT count(*)::integer FROM gone), (SELECT count(*)::integer FROM ended)
