-- Which deliveries of new messages the lease holds, whichever try has stored them. $1 the messages' ids, $2 the lease.
SELECT m.id, m.number, m.created_at, p.id, p.endpoint
FROM unnest($1::text[]) AS i (id)
JOIN {schema}.messages m ON m.id = i.id
JOIN {schema}.pending p ON p.id >= m.number << 20 AND p.id < (m.number + 1) << 20 AND p.lease = $2
