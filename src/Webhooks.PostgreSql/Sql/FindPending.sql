(SELECT d.id, coalesce(d.message, d.id >> 20) AS message, d.endpoint, 0::smallint AS state, 0::smallint AS failure,
    d.created_at, CASE WHEN d.due = '-infinity' THEN d.created_at ELSE d.due END AS due,
    NULL::timestamptz AS completed_at, d.attempts, NULL::integer AS number, NULL::timestamptz AS started_at,
    NULL::bigint AS duration, NULL::smallint AS trigger, NULL::smallint AS error, NULL::smallint AS status,
    NULL::text AS error_message, NULL::text AS response_snippet
FROM {from}
WHERE {conditions}
ORDER BY {order}
LIMIT {limit})
