INSERT INTO {schema}.failing AS f (endpoint, since) VALUES ($1, now())
ON CONFLICT (endpoint) DO UPDATE SET since = f.since
RETURNING now() - f.since
