SELECT d.id, d.message, m.id, m.event_type, m.tenant, d.endpoint, d.state, d.failure, d.created_at, d.due,
    d.completed_at, d.attempts,
    coalesce(d.number, a.number), coalesce(d.started_at, a.started_at), coalesce(d.duration, a.duration),
    coalesce(d.trigger, a.trigger), coalesce(d.error, a.error), coalesce(d.status, a.status),
    coalesce(d.error_message, a.error_message), coalesce(d.response_snippet, a.response_snippet)
FROM (
    {branches}) d
JOIN {schema}.messages m ON m.number = d.message
LEFT JOIN {schema}.attempts a ON d.number IS NULL AND a.delivery = d.id AND a.number = d.attempts
ORDER BY d.id {direction}
LIMIT {limit}
