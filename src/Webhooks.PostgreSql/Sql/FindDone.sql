(SELECT d.id, coalesce(d.message, d.id >> 20) AS message, d.endpoint, d.state, d.failure, d.created_at,
    NULL::timestamptz AS due, d.completed_at, d.attempts, d.number, d.started_at, d.duration, d.trigger, d.error,
    d.status, d.error_message, d.response_snippet
FROM {from}
WHERE {conditions}
ORDER BY {order}
LIMIT {limit})
