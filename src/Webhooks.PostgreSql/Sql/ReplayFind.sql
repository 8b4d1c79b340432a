-- The deliveries of messages to an endpoint, and which of the messages have none. $1 messages, $2 endpoint.
SELECT m.number, d.id
FROM {schema}.messages m
JOIN {schema}.endpoints e ON e.number = $2 AND e.state <> 2
LEFT JOIN LATERAL (
    SELECT p.id FROM {schema}.pending p
    WHERE p.id >= m.number << 20 AND p.id < (m.number + 1) << 20 AND p.endpoint = $2 AND p.message IS NULL
    UNION ALL
    SELECT d.id FROM {schema}.done d
    WHERE d.id >= m.number << 20 AND d.id < (m.number + 1) << 20 AND d.endpoint = $2 AND d.message IS NULL
    UNION ALL
    SELECT p.id FROM {schema}.pending p WHERE p.message = m.number AND p.endpoint = $2
    UNION ALL
    SELECT d.id FROM {schema}.done d WHERE d.message = m.number AND d.endpoint = $2
    LIMIT 1) d ON true
WHERE m.number = ANY ($1::bigint[])
