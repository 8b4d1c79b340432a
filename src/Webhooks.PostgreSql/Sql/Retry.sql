-- Puts deliveries off. $1 ids, $2 leases, $3 delays, $4 who leaves the order, $5 to $12 attempts.
WITH kept AS (
    UPDATE {schema}.pending p
    SET due = now() + o.delay,
        order_key = CASE WHEN o.leaves THEN NULL ELSE p.order_key END,
        attempts = coalesce(o.number, p.attempts),
        tries = CASE WHEN o.number IS NULL THEN p.tries ELSE p.tries + 1 END,
        retry = o.number IS NOT NULL OR p.tries > 0,
        first_try_at = coalesce(p.first_try_at, o.started_at),
        trigger = CASE WHEN o.number IS NULL THEN p.trigger ELSE 0 END,
        lease = NULL,
        leased_until = NULL
    FROM unnest($1::bigint[], $2::bigint[], $3::interval[], $4::boolean[], $5::integer[], $6::timestamptz[],
        $7::bigint[], $8::smallint[], $9::smallint[], $10::smallint[], $11::text[], $12::text[])
        AS o (id, lease, delay, leaves, number, started_at, duration, trigger, error, status, error_message,
            response_snippet)
    WHERE p.id = o.id AND p.lease = o.lease
    RETURNING p.id, o.lease, o.number, o.started_at, o.duration, o.trigger AS asked, o.error, o.status, o.error_message,
        o.response_snippet
),
tried AS (
    INSERT INTO {schema}.attempts (delivery, number, started_at, duration, trigger, error, status, error_message,
        response_snippet)
    SELECT k.id, k.number, k.started_at, k.duration, k.asked, k.error, k.status, k.error_message, k.response_snippet
    FROM kept k
    WHERE k.number IS NOT NULL
)
SELECT k.id, k.lease FROM kept k
