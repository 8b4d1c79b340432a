-- Moves deliveries that have come to their end. $1 ids, $2 leases, $3 states, $4 failures, $5 to $12 attempts.
WITH gone AS (
    DELETE FROM {schema}.pending p
    USING unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::smallint[], $5::integer[], $6::timestamptz[],
        $7::bigint[], $8::smallint[], $9::smallint[], $10::smallint[], $11::text[], $12::text[])
        AS o (id, lease, state, failure, number, started_at, duration, trigger, error, status, error_message,
            response_snippet)
    WHERE p.id = o.id AND p.lease = o.lease
    RETURNING p.id, p.endpoint, p.created_at, p.attempts, p.message, p.lease, o.state, o.failure, o.number, o.started_at,
        o.duration, o.trigger, o.error, o.status, o.error_message, o.response_snippet
),
kept AS (
    INSERT INTO {schema}.done (id, endpoint, created_at, completed_at, started_at, duration, attempts, number, state,
        failure, trigger, error, status, message, error_message, response_snippet)
    SELECT g.id, g.endpoint, g.created_at, now(), g.started_at, g.duration, coalesce(g.number, g.attempts), g.number,
        g.state, coalesce(g.failure, 0), g.trigger, g.error, g.status, g.message, g.error_message, g.response_snippet
    FROM gone g
),
failing AS (
    -- Who fails is failing since then, to a few seconds. Whoever else notes the same needn't be waited for.
    SELECT f.endpoint
    FROM {schema}.failing f
    WHERE f.endpoint IN (SELECT g.endpoint FROM gone g WHERE g.state = 1) AND f.since < now() - '5 s'::interval
    FOR UPDATE SKIP LOCKED
),
succeeded AS (
    UPDATE {schema}.failing f SET since = now() FROM failing n WHERE f.endpoint = n.endpoint
)
SELECT g.id, g.lease FROM gone g
