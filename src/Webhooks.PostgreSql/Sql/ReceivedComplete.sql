INSERT INTO {schema}.received AS r (key, token, until, handled)
VALUES ($1, $2, clock_timestamp() + $3, true)
ON CONFLICT (key) DO UPDATE SET until = clock_timestamp() + $3, handled = true
WHERE r.token = $2
RETURNING 1
