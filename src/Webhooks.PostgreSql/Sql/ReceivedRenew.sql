UPDATE {schema}.received SET until = clock_timestamp() + $3 WHERE key = $1 AND token = $2 AND NOT handled RETURNING 1
