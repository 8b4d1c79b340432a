-- Takes the idempotency keys of new messages that nobody holds, or holds no longer. $1 names the taker; all take keys in
-- one order.
INSERT INTO {schema}.idempotency AS k (tenant, key, message_id, publication, deliveries, expires_at)
SELECT i.tenant, i.key, i.id, $1, i.deliveries, statement_timestamp() + i.lifetime
FROM unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::interval[])
    AS i (id, tenant, key, deliveries, lifetime)
WHERE current_setting('webhooks.fresh') = 'true'
    AND NOT EXISTS (SELECT FROM {schema}.messages m WHERE m.id = i.id)
ORDER BY i.tenant, i.key
ON CONFLICT (tenant, key) DO UPDATE
SET message_id = excluded.message_id, publication = excluded.publication, deliveries = excluded.deliveries,
    expires_at = excluded.expires_at
WHERE k.expires_at <= statement_timestamp()
