SELECT r.value, e.number, e.revision, e.created_at, e.updated_at, e.state, e.id, e.tenant, e.disabled_reason, e.settings
FROM {schema}.revision r
LEFT JOIN {schema}.endpoints e ON e.revision > $1 AND ($1 > 0 OR e.state <> 2)
WHERE r.id = 1
ORDER BY e.revision
