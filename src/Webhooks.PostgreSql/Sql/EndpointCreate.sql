INSERT INTO {schema}.endpoints (revision, created_at, updated_at, state, id, tenant, disabled_reason, settings)
SELECT r.value + 1, statement_timestamp(), statement_timestamp(), $1, $2, $3, $4, $5
FROM {schema}.revision r
WHERE r.id = 1
ON CONFLICT (id) DO NOTHING
RETURNING number, revision, created_at, updated_at, state, id, tenant, disabled_reason, settings
