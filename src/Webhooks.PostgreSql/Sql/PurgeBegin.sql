SELECT set_config('webhooks.purging', pg_try_advisory_xact_lock($1)::text, true)
