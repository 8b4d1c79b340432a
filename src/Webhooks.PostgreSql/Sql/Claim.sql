-- $1 most deliveries, $2 most bytes, $3 lease, $4 its duration, $5 most of an endpoint, $6 and $7 other endpoints' limits,
-- $8 the endpoint to go on after, $9 the last before the turn, $10 the last after it, $11 to $14 the same for the
-- ordering keys of some endpoints.
WITH RECURSIVE lanes (endpoint, wrapped, looked, ready, state, tenant, quota) AS (
    -- The endpoints that have pending deliveries, one probe of the index each, however many deliveries they have.
    SELECT $8::bigint, false, 0, 0, NULL::smallint, NULL::text COLLATE "C", 0
    UNION ALL
    SELECT n.endpoint, n.wrapped, l.looked + 1, l.ready + r.ready, e.state, e.tenant, q.quota * r.ready
    FROM lanes l
    CROSS JOIN LATERAL (
        SELECT a.endpoint, l.wrapped
        FROM (SELECT least(
            (SELECT p.endpoint FROM {schema}.pending p
             WHERE p.order_key IS NULL AND p.endpoint > l.endpoint ORDER BY p.endpoint LIMIT 1),
            (SELECT p.endpoint FROM {schema}.pending p
             WHERE p.order_key IS NOT NULL AND p.endpoint > l.endpoint ORDER BY p.endpoint LIMIT 1)) AS endpoint) a
        WHERE a.endpoint <= CASE WHEN l.wrapped THEN $10 ELSE $9 END
        UNION ALL
        SELECT b.endpoint, true
        FROM (SELECT least(
            (SELECT p.endpoint FROM {schema}.pending p
             WHERE p.order_key IS NULL AND p.endpoint > 0 ORDER BY p.endpoint LIMIT 1),
            (SELECT p.endpoint FROM {schema}.pending p
             WHERE p.order_key IS NOT NULL AND p.endpoint > 0 ORDER BY p.endpoint LIMIT 1)) AS endpoint) b
        WHERE NOT l.wrapped AND b.endpoint <= $10
        LIMIT 1) n
    LEFT JOIN {schema}.endpoints e ON e.number = n.endpoint
    CROSS JOIN LATERAL (SELECT width_bucket(n.endpoint, $6::bigint[]) AS place) w
    CROSS JOIN LATERAL (SELECT CASE
        WHEN e.state IS DISTINCT FROM 0 THEN 0
        WHEN w.place > 0 AND ($6::bigint[])[w.place] = n.endpoint THEN least(($7::integer[])[w.place], $1::integer + 1)
        ELSE least($5::integer, $1::integer + 1) END AS quota) q
    CROSS JOIN LATERAL (SELECT CASE WHEN q.quota > 0 AND (
        EXISTS (SELECT FROM {schema}.pending p
            WHERE p.endpoint = n.endpoint AND p.order_key IS NULL AND NOT p.retry AND p.due <= now()
                AND (p.leased_until IS NULL OR p.leased_until <= now()))
        OR EXISTS (SELECT FROM {schema}.pending p
            WHERE p.endpoint = n.endpoint AND p.order_key IS NULL AND p.retry AND p.due <= now()
                AND (p.leased_until IS NULL OR p.leased_until <= now()))
        OR EXISTS (SELECT FROM {schema}.pending p WHERE p.endpoint = n.endpoint AND p.order_key IS NOT NULL))
        THEN 1 ELSE 0 END AS ready) r
    WHERE l.looked < 2000 AND l.ready < 64
),
heads AS MATERIALIZED (
    -- The oldest delivery of each ordering key, up to 100 keys of an endpoint.
    SELECT l.looked AS lane, l.endpoint, l.tenant, l.quota, f.known, k.key, k.id, k.retry, k.spot, k.wrapped, k.number,
        k.due, k.leased_until
    FROM lanes l
    CROSS JOIN LATERAL (SELECT width_bucket(l.endpoint, $11::bigint[]) AS place) w
    CROSS JOIN LATERAL (SELECT coalesce(w.place > 0 AND ($11::bigint[])[w.place] = l.endpoint, false) AS known) f
    CROSS JOIN LATERAL (SELECT
        CASE WHEN f.known THEN ($12::bigint[])[w.place] ELSE -1 END AS start,
        CASE WHEN f.known THEN ($13::bigint[])[w.place] ELSE 9223372036854775807 END AS upper,
        CASE WHEN f.known THEN ($14::bigint[])[w.place] ELSE -1 END AS wrap) s
    CROSS JOIN LATERAL (
        WITH RECURSIVE keys (key, id, retry, due, leased_until, spot, wrapped, number) AS (
            SELECT s.start, NULL::bigint, NULL::boolean, NULL::timestamptz, NULL::timestamptz, NULL::tid, false, 0
            UNION ALL
            SELECT h.order_key, h.id, h.retry, h.due, h.leased_until, h.spot, h.wrapped, k.number + 1
            FROM keys k
            CROSS JOIN LATERAL (
                (SELECT p.order_key, p.id, p.retry, p.due, p.leased_until, p.ctid AS spot, k.wrapped
                 FROM {schema}.pending p
                 WHERE p.endpoint = l.endpoint AND p.order_key IS NOT NULL AND p.order_key > k.key
                     AND p.order_key <= CASE WHEN k.wrapped THEN s.wrap ELSE s.upper END
                 ORDER BY p.order_key, p.id
                 LIMIT 1)
                UNION ALL
                (SELECT p.order_key, p.id, p.retry, p.due, p.leased_until, p.ctid, true
                 FROM {schema}.pending p
                 WHERE NOT k.wrapped AND p.endpoint = l.endpoint AND p.order_key IS NOT NULL AND p.order_key <= s.wrap
                 ORDER BY p.order_key, p.id
                 LIMIT 1)
                LIMIT 1) h
            WHERE k.number < 100)
        SELECT * FROM keys) k
    WHERE l.quota > 0
),
candidates AS (
    SELECT l.looked AS lane, l.tenant, l.quota, c.spot, c.id, c.retry, c.due
    FROM lanes l
    CROSS JOIN LATERAL (
        (SELECT p.ctid AS spot, p.id, p.retry, p.due
         FROM {schema}.pending p
         WHERE p.endpoint = l.endpoint AND p.order_key IS NULL AND NOT p.retry AND p.due <= now()
             AND (p.leased_until IS NULL OR p.leased_until <= now())
         ORDER BY p.due, p.id
         LIMIT l.quota)
        UNION ALL
        (SELECT p.ctid, p.id, p.retry, p.due
         FROM {schema}.pending p
         WHERE p.endpoint = l.endpoint AND p.order_key IS NULL AND p.retry AND p.due <= now()
             AND (p.leased_until IS NULL OR p.leased_until <= now())
         ORDER BY p.due, p.id
         LIMIT l.quota)) c
    WHERE l.quota > 0
    UNION ALL
    SELECT h.lane, h.tenant, h.quota, h.spot, h.id, h.retry, h.due
    FROM heads h
    WHERE h.due <= now() AND (h.leased_until IS NULL OR h.leased_until <= now())
),
turns AS (
    SELECT c.lane, c.tenant, c.spot, c.retry, c.quota,
        row_number() OVER (PARTITION BY c.lane ORDER BY c.retry, c.due, c.id) AS place,
        row_number() OVER (PARTITION BY c.lane, c.retry ORDER BY c.due, c.id) AS turn
    FROM candidates c
),
shares AS MATERIALIZED (
    SELECT t.lane, t.spot, t.retry, row_number() OVER (PARTITION BY t.tenant, t.retry ORDER BY t.turn, t.lane) AS turn
    FROM turns t
    WHERE t.place <= t.quota
),
locked AS MATERIALIZED (
    -- What another claim holds at this moment is passed over; what it took meanwhile doesn't fit the conditions any more.
    SELECT p.ctid AS spot, s.lane, s.rank, coalesce(p.message, p.id >> 20) AS message
    FROM (SELECT s.lane, s.spot, row_number() OVER (ORDER BY s.retry, s.turn, s.lane) AS rank FROM shares s) s
    JOIN {schema}.pending p ON p.ctid = s.spot
    WHERE p.due <= now() AND (p.leased_until IS NULL OR p.leased_until <= now())
    ORDER BY s.rank
    LIMIT $1
    FOR UPDATE OF p SKIP LOCKED
),
sized AS (
    SELECT l.spot, l.lane, l.rank, l.message,
        row_number() OVER (PARTITION BY l.message ORDER BY l.rank) = 1 AS first, octet_length(m.payload) AS bytes
    FROM locked l
    JOIN {schema}.messages m ON m.number = l.message
),
fitting AS MATERIALIZED (
    SELECT s.spot, s.lane, s.rank, s.message, s.first
    FROM (SELECT s.*, sum(CASE WHEN s.first THEN s.bytes ELSE 0 END) OVER (ORDER BY s.rank) AS total,
            row_number() OVER (ORDER BY s.rank) AS place
        FROM sized s) s
    WHERE s.total <= $2 OR s.place = 1
),
leased AS (
    UPDATE {schema}.pending p
    SET lease = $3, leased_until = now() + $4
    FROM fitting f
    WHERE p.ctid = f.spot
    RETURNING p.id, p.endpoint, p.attempts, p.tries, p.first_try_at, p.trigger, p.order_key IS NOT NULL AS ordered,
        f.rank, f.message, f.first
),
summary AS (
    SELECT r.value AS revision,
        (SELECT ARRAY[l.endpoint, l.wrapped::integer, l.looked, l.ready] FROM lanes l ORDER BY l.looked DESC LIMIT 1) AS last,
        (SELECT count(*) FROM shares) AS offered,
        (SELECT count(*) FROM locked) AS locked,
        (SELECT l.endpoint FROM lanes l WHERE l.looked = (
            SELECT min(s.lane) FROM shares s WHERE s.lane NOT IN (SELECT f.lane FROM fitting f))) AS unserved,
        (SELECT p.due FROM {schema}.pending p WHERE p.due > now() AND p.due > '-infinity' ORDER BY p.due LIMIT 1)
            - now() AS next_due,
        (SELECT array_agg(l.endpoint) FROM lanes l WHERE l.state = 2) AS deleted,
        (SELECT array_agg(ARRAY[h.endpoint, h.key, h.wrapped::integer, h.number])
         FROM (SELECT DISTINCT ON (h.lane) h.* FROM heads h ORDER BY h.lane, h.number DESC) h
         WHERE h.known OR h.number = 100) AS keys
    FROM {schema}.revision r
    WHERE r.id = 1
)
SELECT s.revision, s.last, s.offered, s.locked, s.unserved, s.next_due, s.deleted, s.keys,
    d.id, d.endpoint, d.attempts, d.tries, d.first_try_at, d.trigger, d.ordered, d.rank, d.message, d.first,
    m.created_at, m.happened_at, m.expires_at, m.id, m.tenant, m.event_type, m.content_type, m.ordering_key,
    m.idempotency_key, CASE WHEN d.first THEN m.headers END, CASE WHEN d.first THEN m.payload END
FROM summary s
LEFT JOIN (leased d JOIN {schema}.messages m ON m.number = d.message) ON true
