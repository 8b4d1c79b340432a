-- $1 messages, $2 endpoint.
INSERT INTO {schema}.pending (id, endpoint, due, created_at, trigger, message)
SELECT nextval('{schema}.numbers') << 20, $2, '-infinity', statement_timestamp(), 2, n.number
FROM unnest($1::bigint[]) AS n (number)
