DELETE FROM {schema}.received WHERE key = $1 AND token = $2 AND NOT handled
