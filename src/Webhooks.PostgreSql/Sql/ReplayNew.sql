-- $1 messages, $2 endpoint.
INSERT INTO {schema}.pending (id, endpoint, due, created_at, bytes, trigger, message)
SELECT nextval('{schema}.numbers') << 20, $2, '-infinity', statement_timestamp(), octet_length(m.payload), 2, m.number
FROM {schema}.messages m
WHERE m.number = ANY ($1::bigint[])
