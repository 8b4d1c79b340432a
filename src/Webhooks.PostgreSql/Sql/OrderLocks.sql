-- Whoever publishes to an ordering key waits for who did before, until that transaction ends: so deliveries get their
-- numbers in the order in which they become visible. All take their locks in one order.
SELECT count(pg_advisory_xact_lock(k.key)) FROM (SELECT DISTINCT key FROM unnest($1::bigint[]) AS u (key) ORDER BY key) k
