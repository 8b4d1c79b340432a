SELECT set_config('enable_seqscan', current_setting('webhooks.enable_seqscan'), true),
    set_config('jit', current_setting('webhooks.jit'), true)
