-- What is known of each message, in its order: the one with its id, and the one with its idempotency key.
SELECT current_setting('webhooks.fresh') = 'true', m.tenant = i.tenant, m.deliveries, k.message_id, k.deliveries
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS i (id, tenant, key, place)
LEFT JOIN {schema}.messages m ON m.id = i.id
LEFT JOIN {schema}.idempotency k ON k.tenant = i.tenant AND k.key = i.key AND k.expires_at > statement_timestamp()
ORDER BY i.place
