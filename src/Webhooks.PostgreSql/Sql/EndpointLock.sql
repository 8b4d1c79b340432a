-- Who writes an endpoint waits for who did before: so revisions become visible in their order.
SELECT value FROM {schema}.revision WHERE id = 1 FOR UPDATE
