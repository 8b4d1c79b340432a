-- $1 most deliveries, $2 most bytes, $3 lease, $4 its duration, $5 most of an endpoint, $6 and $7 other endpoints' limits,
-- $8 the endpoint to go on after, $9 the last before the turn, $10 the last after it, $11 to $14 the same for the
-- ordering keys of some endpoints, $15 whether the odd one of an endpoint's limit is for a retry, $16 how many endpoints that
-- have something to look for. What stands between "if ordered" and "end" is left out where nothing is ordered.
WITH RECURSIVE ordered AS MATERIALIZED (
    -- A lease needn't be on disk before work on it begins: a crash of the server makes due again what was leased in its
    -- last moments, and the node's outcome of it is refused. Only what is ordered may not overlap with itself.
    SELECT o.exist,
        set_config('synchronous_commit', CASE WHEN o.exist THEN current_setting('synchronous_commit') ELSE 'off' END, true)
    FROM (SELECT EXISTS (SELECT FROM {schema}.pending p WHERE p.order_key IS NOT NULL) AS exist) o
),
delayed AS MATERIALIZED (
    -- Mostly no retry is due at all, and then none is looked for endpoint by endpoint.
    SELECT EXISTS (SELECT FROM {schema}.pending p WHERE p.due > '-infinity' AND p.due <= now()) AS exist
),
lanes (endpoint, wrapped, looked, ready, state, tenant, quota) AS (
    -- The endpoints that have pending deliveries, one probe of the index each, however many deliveries they have. Most of
    -- those that have something due show it with their first delivery.
    SELECT $8::bigint, false, 0, 0, NULL::smallint, NULL::text COLLATE "C", 0
    UNION ALL
    SELECT n.endpoint, n.wrapped, l.looked + 1, l.ready + r.ready, e.state, e.tenant, q.quota * r.ready
    FROM lanes l
    CROSS JOIN LATERAL (
        (SELECT a.endpoint, l.wrapped, a.is_due
         FROM (
            (SELECT p.endpoint,
                NOT p.retry AND p.due <= now() AND (p.leased_until IS NULL OR p.leased_until <= now()) AS is_due
             FROM {schema}.pending p
             WHERE p.order_key IS NULL AND p.endpoint > l.endpoint
                AND p.endpoint <= CASE WHEN l.wrapped THEN $10 ELSE $9 END
             ORDER BY p.endpoint, p.retry, p.due, p.id
             LIMIT 1)
            -- if ordered
            UNION ALL
            (SELECT p.endpoint, true
             FROM {schema}.pending p
             WHERE p.order_key IS NOT NULL AND p.endpoint > l.endpoint
                AND p.endpoint <= CASE WHEN l.wrapped THEN $10 ELSE $9 END AND (SELECT o.exist FROM ordered o)
             ORDER BY p.endpoint
             LIMIT 1)
            -- end
            ) a
         ORDER BY a.endpoint, a.is_due DESC
         LIMIT 1)
        UNION ALL
        (SELECT b.endpoint, true, false
         FROM (
            (SELECT p.endpoint
             FROM {schema}.pending p
             WHERE p.order_key IS NULL AND p.endpoint > 0 AND p.endpoint <= $10 AND NOT l.wrapped
             ORDER BY p.endpoint
             LIMIT 1)
            -- if ordered
            UNION ALL
            (SELECT p.endpoint
             FROM {schema}.pending p
             WHERE p.order_key IS NOT NULL AND p.endpoint > 0 AND p.endpoint <= $10 AND NOT l.wrapped
                AND (SELECT o.exist FROM ordered o)
             ORDER BY p.endpoint
             LIMIT 1)
            -- end
            ) b
         ORDER BY b.endpoint
         LIMIT 1)
        LIMIT 1) n
    LEFT JOIN {schema}.endpoints e ON e.number = n.endpoint
    CROSS JOIN LATERAL (SELECT width_bucket(n.endpoint, $6::bigint[]) AS place OFFSET 0) w
    CROSS JOIN LATERAL (SELECT CASE
        WHEN e.state IS DISTINCT FROM 0 THEN 0
        WHEN w.place > 0 AND ($6::bigint[])[w.place] = n.endpoint THEN ($7::integer[])[w.place]
        ELSE $5::integer END AS quota OFFSET 0) q
    CROSS JOIN LATERAL (SELECT CASE WHEN q.quota > 0 AND (n.is_due
        OR EXISTS (SELECT FROM {schema}.pending p
            WHERE p.endpoint = n.endpoint AND p.order_key IS NULL AND NOT p.retry AND p.due <= now()
                AND (p.leased_until IS NULL OR p.leased_until <= now()))
        OR EXISTS (SELECT FROM {schema}.pending p
            WHERE p.endpoint = n.endpoint AND p.order_key IS NULL AND p.retry AND p.due <= now()
                AND (p.leased_until IS NULL OR p.leased_until <= now()))
        -- if ordered
        OR ((SELECT o.exist FROM ordered o)
            AND EXISTS (SELECT FROM {schema}.pending p WHERE p.endpoint = n.endpoint AND p.order_key IS NOT NULL))
        -- end
        )
        THEN 1 ELSE 0 END AS ready
        OFFSET 0) r
    WHERE l.looked < 2000 AND l.ready < $16
),
shares AS MATERIALIZED (
    -- The endpoints that have something, each with the most it may give, the most of first tries that is, and its equal
    -- share of what is asked for. Whom the remainder doesn't reach comes first in the next claim. Where there are as many
    -- retries, half of what an endpoint may give is theirs.
    SELECT t.lane, t.endpoint, t.tenant, least(t.quota, $1)::integer AS quota, least(t.quota - r.reserved, $1)::integer AS first,
        least(t.quota - r.reserved, t.part / t.lanes + CASE WHEN t.place <= t.part % t.lanes THEN 1 ELSE 0 END)::integer AS share
    FROM (
        SELECT r.lane, r.endpoint, r.tenant, r.quota, r.place, r.lanes,
            $1 / r.tenants + CASE WHEN dense_rank() OVER (ORDER BY r.first) <= $1 % r.tenants THEN 1 ELSE 0 END AS part
        FROM (
            SELECT l.looked AS lane, l.endpoint, l.tenant, l.quota,
                row_number() OVER w AS place,
                count(*) OVER (PARTITION BY l.tenant) AS lanes,
                min(l.looked) OVER w AS first,
                (SELECT count(DISTINCT t.tenant) FROM lanes t WHERE t.quota > 0) AS tenants
            FROM lanes l
            WHERE l.quota > 0
            WINDOW w AS (PARTITION BY l.tenant ORDER BY l.looked)) r) t
    CROSS JOIN LATERAL (
        SELECT count(*) AS reserved
        FROM (
            SELECT FROM {schema}.pending p
            WHERE p.endpoint = t.endpoint AND p.order_key IS NULL AND p.retry AND p.due <= now()
                AND (p.leased_until IS NULL OR p.leased_until <= now()) AND (SELECT d.exist FROM delayed d)
            ORDER BY p.due, p.id
            LIMIT t.quota / 2 + CASE WHEN $15 THEN t.quota % 2 ELSE 0 END) p) r
),
-- if ordered
heads AS MATERIALIZED (
    -- The oldest delivery of each ordering key, up to 100 keys of an endpoint.
    SELECT l.lane, l.endpoint, l.tenant, l.quota, f.known, k.key, k.id, k.retry, k.spot, k.wrapped, k.number,
        k.due, k.leased_until
    FROM shares l
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
    WHERE (SELECT o.exist FROM ordered o)
),
-- end
first_tries AS MATERIALIZED (
    -- What another claim holds at this moment is passed over.
    SELECT l.lane, l.tenant, l.quota, c.spot, c.id, c.due, c.message, c.bytes
    FROM shares l
    CROSS JOIN LATERAL (
        SELECT p.ctid AS spot, p.id, p.due, coalesce(p.message, p.id >> 20) AS message, p.bytes
        FROM {schema}.pending p
        WHERE p.endpoint = l.endpoint AND p.order_key IS NULL AND NOT p.retry AND p.due <= now()
            AND (p.leased_until IS NULL OR p.leased_until <= now())
        ORDER BY p.due, p.id
        LIMIT l.share
        FOR UPDATE SKIP LOCKED) c
),
more_first_tries AS MATERIALIZED (
    -- What others leave of their shares.
    SELECT l.lane, l.tenant, l.quota, c.spot, c.id, c.due, c.message, c.bytes
    FROM shares l
    CROSS JOIN LATERAL (
        SELECT p.ctid AS spot, p.id, p.due, coalesce(p.message, p.id >> 20) AS message, p.bytes
        FROM {schema}.pending p
        WHERE p.endpoint = l.endpoint AND p.order_key IS NULL AND NOT p.retry AND p.due <= now()
            AND (p.leased_until IS NULL OR p.leased_until <= now())
        ORDER BY p.due, p.id
        LIMIT least(l.first - l.share, $1 - (SELECT count(*) FROM first_tries))
        OFFSET l.share
        FOR UPDATE SKIP LOCKED) c
    WHERE l.first > l.share AND (SELECT count(*) FROM first_tries) < $1
),
candidates AS MATERIALIZED (
    SELECT f.*, false AS retry FROM first_tries f
    UNION ALL
    SELECT f.*, false FROM more_first_tries f
    UNION ALL
    SELECT l.lane, l.tenant, l.quota, c.spot, c.id, c.due, c.message, c.bytes, true
    FROM shares l
    CROSS JOIN LATERAL (
        SELECT p.ctid AS spot, p.id, p.due, coalesce(p.message, p.id >> 20) AS message, p.bytes
        FROM {schema}.pending p
        WHERE p.endpoint = l.endpoint AND p.order_key IS NULL AND p.retry AND p.due <= now()
            AND (p.leased_until IS NULL OR p.leased_until <= now())
        ORDER BY p.due, p.id
        LIMIT least(
            l.quota - (SELECT count(*) FROM first_tries f WHERE f.lane = l.lane)
                - (SELECT count(*) FROM more_first_tries f WHERE f.lane = l.lane),
            $1 - (SELECT count(*) FROM first_tries) - (SELECT count(*) FROM more_first_tries))
        FOR UPDATE SKIP LOCKED) c
    WHERE (SELECT count(*) FROM first_tries) + (SELECT count(*) FROM more_first_tries) < $1
        AND (SELECT d.exist FROM delayed d)
    -- if ordered
    UNION ALL
    SELECT h.lane, h.tenant, h.quota, c.*
    FROM (
        SELECT h.*, row_number() OVER (PARTITION BY h.lane ORDER BY h.turn, h.retry <> $15) AS place
        FROM (
            SELECT h.*, row_number() OVER (PARTITION BY h.lane, h.retry ORDER BY h.due, h.id) AS turn
            FROM heads h
            WHERE h.due <= now() AND (h.leased_until IS NULL OR h.leased_until <= now())) h) h
    CROSS JOIN LATERAL (
        SELECT p.ctid AS spot, p.id, p.due, coalesce(p.message, p.id >> 20) AS message, p.bytes, p.retry
        FROM {schema}.pending p
        WHERE p.ctid = h.spot AND p.due <= now() AND (p.leased_until IS NULL OR p.leased_until <= now())
        FOR UPDATE SKIP LOCKED) c
    WHERE h.place <= h.quota
    -- end
),
offers AS MATERIALIZED (
    -- Ordered and other deliveries of an endpoint share its limit, its first tries and retries by turns.
    SELECT c.* FROM candidates c
    -- if ordered
    WHERE NOT (SELECT o.exist FROM ordered o)
    UNION ALL
    (SELECT c.lane, c.tenant, c.quota, c.spot, c.id, c.due, c.message, c.bytes, c.retry
    FROM (
        SELECT c.*, row_number() OVER (PARTITION BY c.lane ORDER BY c.turn, c.retry <> $15) AS place
        FROM (SELECT c.*, row_number() OVER (PARTITION BY c.lane, c.retry ORDER BY c.due, c.id) AS turn FROM candidates c) c) c
    WHERE c.place <= c.quota AND (SELECT o.exist FROM ordered o)
    ORDER BY c.retry, c.due, c.id)
    -- end
),
offered AS MATERIALIZED (
    SELECT count(*) AS number, count(*) <= $1 AND sum(o.bytes) <= $2 AND count(DISTINCT o.message) = count(*) AS are_all
    FROM offers o
),
fitting AS MATERIALIZED (
    -- Where not all can be had: by turns of the tenants, then of their endpoints. A payload counts once, and one delivery is
    -- taken whatever its size.
    SELECT o.spot, o.lane, row_number() OVER () AS rank, o.message, true AS is_first
    FROM offers o
    WHERE (SELECT f.are_all FROM offered f)
    UNION ALL
    SELECT s.spot, s.lane, s.rank, s.message, s.is_first
    FROM (
        SELECT f.*, sum(CASE WHEN f.is_first THEN f.bytes ELSE 0 END) OVER (ORDER BY f.rank) AS total
        FROM (
            SELECT r.*, row_number() OVER (PARTITION BY r.message ORDER BY r.rank) = 1 AS is_first
            FROM (
                SELECT t.*, row_number() OVER (ORDER BY t.retry, t.share, t.lane) AS rank
                FROM (
                    SELECT c.*, row_number() OVER (PARTITION BY c.tenant, c.retry ORDER BY c.turn, c.lane) AS share
                    FROM (
                        SELECT o.*, row_number() OVER (PARTITION BY o.lane, o.retry ORDER BY o.due, o.id) AS turn
                        FROM offers o) c) t
                LIMIT $1) r) f) s
    WHERE NOT (SELECT f.are_all FROM offered f) AND (s.total <= $2 OR s.rank = 1)
),
leased AS (
    UPDATE {schema}.pending p
    SET lease = $3, leased_until = now() + $4
    FROM fitting f
    WHERE p.ctid = f.spot
    RETURNING p.id, p.endpoint, p.attempts, p.tries, p.first_try_at, p.trigger, p.order_key IS NOT NULL AS ordered,
        f.rank, f.message, f.is_first
),
summary AS (
    SELECT r.value AS revision,
        (SELECT ARRAY[l.endpoint, l.wrapped::integer, l.looked, l.ready] FROM lanes l ORDER BY l.looked DESC LIMIT 1) AS last,
        (SELECT o.number FROM offered o) AS offered,
        (SELECT l.endpoint FROM lanes l WHERE l.looked = (
            SELECT min(u.lane) FROM (SELECT s.lane FROM shares s EXCEPT SELECT f.lane FROM fitting f) u)) AS unserved,
        (SELECT p.due FROM {schema}.pending p WHERE p.due > now() AND p.due > '-infinity' ORDER BY p.due LIMIT 1)
            - now() AS next_due,
        (SELECT array_agg(l.endpoint) FROM lanes l WHERE l.state = 2) AS deleted,
        (SELECT o.exist FROM ordered o) AS ordered,
        coalesce(
            -- if ordered
            (SELECT array_agg(ARRAY[h.endpoint, h.key, h.wrapped::integer, h.number])
             FROM (SELECT DISTINCT ON (h.lane) h.* FROM heads h ORDER BY h.lane, h.number DESC) h
             WHERE h.known OR h.number = 100),
            -- end
            NULL::bigint[]) AS keys
    FROM {schema}.revision r
    WHERE r.id = 1
)
-- The first row says what was looked at; the others are deliveries, each message's content with the first of its.
SELECT s.revision, s.last, s.offered, s.unserved, s.next_due, s.deleted, s.ordered, s.keys,
    NULL::bigint, NULL::bigint, NULL::integer, NULL::integer, NULL::timestamptz, NULL::smallint, NULL::boolean,
    NULL::bigint, NULL::bigint, NULL::boolean,
    NULL::timestamptz, NULL::timestamptz, NULL::timestamptz, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text,
    NULL::text, NULL::bytea, NULL::bytea
FROM summary s
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    d.id, d.endpoint, d.attempts, d.tries, d.first_try_at, d.trigger, d.ordered, d.rank, d.message, d.is_first,
    m.created_at, m.happened_at, m.expires_at, m.id, m.tenant, m.event_type, m.content_type, m.ordering_key,
    m.idempotency_key, m.headers, m.payload
FROM leased d
LEFT JOIN {schema}.messages m ON d.is_first AND m.number = d.message
