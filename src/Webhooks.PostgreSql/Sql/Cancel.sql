WITH gone AS (
    DELETE FROM {schema}.pending p
    WHERE p.id = ANY ($1::bigint[])
    RETURNING p.id, p.endpoint, p.created_at, p.attempts, p.message
),
kept AS (
    INSERT INTO {schema}.done (id, endpoint, created_at, completed_at, attempts, state, failure, message)
    SELECT g.id, g.endpoint, g.created_at, now(), g.attempts, 3, 0, g.message FROM gone g
)
SELECT count(*)::integer FROM gone
