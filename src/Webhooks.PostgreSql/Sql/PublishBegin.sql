-- Notes for the statements that follow in the transaction whether the endpoints are still as the caller knows them. The
-- transaction may be the application's: what is set here is put back at the end.
SELECT set_config('webhooks.fresh', (r.value = $1)::text, true),
    set_config('webhooks.enable_seqscan', current_setting('enable_seqscan'), true),
    set_config('webhooks.jit', current_setting('jit'), true),
    set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)
FROM {schema}.revision r
WHERE r.id = 1
