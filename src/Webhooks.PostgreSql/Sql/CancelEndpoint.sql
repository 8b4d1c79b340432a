-- Cancels a part of what is pending for an endpoint that is deleted.
WITH picked AS (
    SELECT u.id
    FROM (
        (SELECT p.id FROM {schema}.pending p WHERE p.endpoint = $1 AND p.order_key IS NULL LIMIT 1000)
        UNION ALL
        (SELECT p.id FROM {schema}.pending p WHERE p.endpoint = $1 AND p.order_key IS NOT NULL LIMIT 1000)) u
    WHERE EXISTS (SELECT FROM {schema}.endpoints e WHERE e.number = $1 AND e.state = 2)
    LIMIT 1000
),
gone AS (
    DELETE FROM {schema}.pending p
    USING picked
    WHERE p.id = picked.id
    RETURNING p.id, p.endpoint, p.created_at, p.attempts, p.message
),
kept AS (
    INSERT INTO {schema}.done (id, endpoint, created_at, completed_at, attempts, state, failure, message)
    SELECT g.id, g.endpoint, g.created_at, now(), g.attempts, 3, 0, g.message FROM gone g
)
SELECT count(*)::integer FROM gone
