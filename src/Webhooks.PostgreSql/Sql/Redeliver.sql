-- $1 ids, $2 who asks. What is held is left to its holder.
WITH back AS (
    DELETE FROM {schema}.done d
    USING {schema}.endpoints e
    WHERE d.id = ANY ($1::bigint[]) AND e.number = d.endpoint AND e.state <> 2
    RETURNING d.*
),
tried AS (
    INSERT INTO {schema}.attempts (delivery, number, started_at, duration, trigger, error, status, error_message,
        response_snippet)
    SELECT b.id, b.number, b.started_at, b.duration, b.trigger, b.error, b.status, b.error_message, b.response_snippet
    FROM back b
    WHERE b.number IS NOT NULL
),
queued AS (
    INSERT INTO {schema}.pending (id, endpoint, due, created_at, bytes, attempts, trigger, message)
    SELECT b.id, b.endpoint, '-infinity', b.created_at, octet_length(m.payload), b.attempts, $2, b.message
    FROM back b
    JOIN {schema}.messages m ON m.number = coalesce(b.message, b.id >> 20)
),
again AS (
    UPDATE {schema}.pending p
    SET due = '-infinity', tries = 0, retry = false, first_try_at = NULL, trigger = $2, lease = NULL,
        leased_until = NULL
    FROM {schema}.endpoints e
    WHERE p.id = ANY ($1::bigint[]) AND (p.leased_until IS NULL OR p.leased_until <= now())
        AND e.number = p.endpoint AND e.state <> 2
    RETURNING p.id
)
SELECT (SELECT count(*) FROM back)::integer + (SELECT count(*) FROM again)::integer
