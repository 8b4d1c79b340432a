-- Counts the revision on if the statement before wrote something, and tells the other nodes.
WITH written AS (
    UPDATE {schema}.revision r
    SET value = r.value + 1
    WHERE r.id = 1 AND EXISTS (SELECT FROM {schema}.endpoints e WHERE e.revision = r.value + 1)
    RETURNING r.value
)
SELECT pg_notify($1, '') FROM written
