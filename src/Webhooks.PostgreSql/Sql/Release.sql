UPDATE {schema}.pending p
SET lease = NULL, leased_until = NULL
FROM unnest($1::bigint[], $2::bigint[]) AS o (id, lease)
WHERE p.id = o.id AND p.lease = o.lease
RETURNING o.id, o.lease
