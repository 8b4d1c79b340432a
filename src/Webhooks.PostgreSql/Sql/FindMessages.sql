SELECT m.number, m.created_at, m.happened_at, m.expires_at, m.id, m.tenant, m.event_type, m.content_type,
    m.ordering_key, m.idempotency_key, m.headers, {payload}
FROM {schema}.messages m
WHERE {conditions}
ORDER BY m.number {direction}
LIMIT {limit}
