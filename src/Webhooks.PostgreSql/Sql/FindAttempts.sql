SELECT a.number, a.started_at, a.duration, a.trigger, a.error, a.status, a.error_message, a.response_snippet
FROM {schema}.attempts a
WHERE a.delivery = $1
UNION ALL
SELECT d.number, d.started_at, d.duration, d.trigger, d.error, d.status, d.error_message, d.response_snippet
FROM {schema}.done d
WHERE d.id = $1 AND d.number IS NOT NULL
ORDER BY number
