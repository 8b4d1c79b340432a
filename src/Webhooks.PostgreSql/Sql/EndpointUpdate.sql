UPDATE {schema}.endpoints e
SET revision = r.value + 1, updated_at = statement_timestamp(), state = $1, disabled_reason = $2, settings = $3
FROM {schema}.revision r
WHERE r.id = 1 AND e.number = $4 AND e.revision = $5
RETURNING e.number, e.revision, e.created_at, e.updated_at, e.state, e.id, e.tenant, e.disabled_reason, e.settings
