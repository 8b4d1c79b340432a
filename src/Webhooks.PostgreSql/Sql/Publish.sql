-- $1 revision of the endpoints; $2 to $12 messages; $13 to $18 deliveries, each by its message's place;
-- $19 the lease of the first ones of each message, $20 its duration, $21 how many they are.
WITH input AS MATERIALIZED (
    SELECT nextval('{schema}.numbers') AS number, m.*
    FROM {schema}.revision r
    CROSS JOIN unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[],
        $9::text[], $10::bytea[], $11::bytea[], $12::integer[])
        AS m (id, tenant, event_type, happened_at, expires_at, content_type, ordering_key, idempotency_key, headers,
            payload, deliveries)
    WHERE r.id = 1 AND r.value = $1
),
stored AS (
    INSERT INTO {schema}.messages (number, created_at, happened_at, expires_at, deliveries, id, tenant, event_type,
        content_type, ordering_key, idempotency_key, headers, payload)
    SELECT i.number, statement_timestamp(), i.happened_at, i.expires_at, i.deliveries, i.id, i.tenant, i.event_type,
        i.content_type, i.ordering_key, i.idempotency_key, i.headers, i.payload
    FROM input i
),
numbers AS (
    SELECT array_agg(i.number) AS list FROM input i
),
queued AS (
    INSERT INTO {schema}.pending (id, endpoint, due, created_at, bytes, order_key, lease, leased_until)
    SELECT (n.list[d.message] << 20) + d.place, d.endpoint,
        coalesce(statement_timestamp() + d.delay, '-infinity'), statement_timestamp(), d.bytes, d.order_key,
        CASE WHEN d.place < ($21::integer[])[d.message] THEN $19::bigint END,
        CASE WHEN d.place < ($21::integer[])[d.message] THEN statement_timestamp() + $20::interval END
    FROM numbers n
    CROSS JOIN unnest($13::integer[], $14::integer[], $15::bigint[], $16::integer[], $17::interval[],
        $18::bigint[])
        AS d (message, place, endpoint, bytes, delay, order_key)
    WHERE n.list IS NOT NULL
)
SELECT n.list, statement_timestamp() FROM numbers n
