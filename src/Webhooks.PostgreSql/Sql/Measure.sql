-- Counts up to a bound and estimates beyond it.
SELECT CASE WHEN c.counted <= 10000 THEN c.counted ELSE greatest(c.counted, (
        SELECT CASE WHEN t.relpages > 0 THEN t.reltuples::float8 / t.relpages
                * (pg_relation_size(t.oid) / current_setting('block_size')::bigint) ELSE 0 END
        FROM pg_class t WHERE t.oid = '{schema}.pending'::regclass)::bigint) END,
    greatest('0', now() - (
        SELECT p.created_at
        FROM (SELECT p.due, p.created_at, p.attempts, p.trigger FROM {schema}.pending p ORDER BY p.id LIMIT 10000) p
        WHERE p.due = '-infinity' AND p.attempts = 0 AND p.trigger = 0
        LIMIT 1), now() - (
        SELECT p.due FROM {schema}.pending p WHERE p.due > '-infinity' AND p.due <= now() ORDER BY p.due LIMIT 1))
FROM (SELECT count(*) AS counted FROM (SELECT FROM {schema}.pending LIMIT 10001) p) c
