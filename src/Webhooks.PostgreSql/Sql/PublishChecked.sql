-- As the plain publication, but only what is no duplicate, and says which that was. $1 names the taker of the keys.
WITH input AS MATERIALIZED (
    SELECT nextval('{schema}.numbers') AS number, m.*
    FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::text[],
        $9::text[], $10::bytea[], $11::bytea[], $12::integer[])
        WITH ORDINALITY
        AS m (id, tenant, event_type, happened_at, expires_at, content_type, ordering_key, idempotency_key, headers,
            payload, deliveries, place)
    WHERE current_setting('webhooks.fresh') = 'true'
),
stored AS (
    INSERT INTO {schema}.messages (number, created_at, happened_at, expires_at, deliveries, id, tenant, event_type,
        content_type, ordering_key, idempotency_key, headers, payload)
    SELECT i.number, statement_timestamp(), i.happened_at, i.expires_at, i.deliveries, i.id, i.tenant, i.event_type,
        i.content_type, i.ordering_key, i.idempotency_key, i.headers, i.payload
    FROM input i
    WHERE i.idempotency_key IS NULL OR EXISTS (
        SELECT FROM {schema}.idempotency k
        WHERE k.tenant = i.tenant AND k.key = i.idempotency_key AND k.message_id = i.id AND k.publication = $1)
    ON CONFLICT (id) DO NOTHING
    RETURNING number
),
queued AS (
    INSERT INTO {schema}.pending (id, endpoint, due, created_at, bytes, order_key, lease, leased_until)
    SELECT (i.number << 20) + d.place, d.endpoint,
        coalesce(statement_timestamp() + d.delay, '-infinity'), statement_timestamp(), d.bytes, d.order_key,
        CASE WHEN d.place < ($21::integer[])[d.message] THEN $19::bigint END,
        CASE WHEN d.place < ($21::integer[])[d.message] THEN statement_timestamp() + $20::interval END
    FROM unnest($13::integer[], $14::integer[], $15::bigint[], $16::integer[], $17::interval[],
        $18::bigint[])
        AS d (message, place, endpoint, bytes, delay, order_key)
    JOIN input i ON i.place = d.message
    JOIN stored s ON s.number = i.number
)
SELECT i.place::integer FROM input i WHERE i.number IN (SELECT s.number FROM stored s)
