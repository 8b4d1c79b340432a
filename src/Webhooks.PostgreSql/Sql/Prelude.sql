-- The statements are made for their indexes. A plan that was chosen while the tables were small would be kept when they
-- have grown, and the statements' nested parts look dearer to the planner than they are.
SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
    set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)
