-- How long the transaction waits for a lock, $1 in milliseconds.
SELECT set_config('lock_timeout', $1, true)
