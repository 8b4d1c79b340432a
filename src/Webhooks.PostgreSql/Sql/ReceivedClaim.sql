-- 0: it is the caller's; 1: somebody else's; 2: handled. A row that others wrote since this statement began isn't seen at
-- its end, and then it is theirs.
WITH claimed AS (
    INSERT INTO {schema}.received AS r (key, token, until, handled)
    VALUES ($1, $2, clock_timestamp() + $3, false)
    ON CONFLICT (key) DO UPDATE SET token = $2, until = clock_timestamp() + $3, handled = false
    WHERE r.until <= clock_timestamp() OR (r.token = $2 AND NOT r.handled)
    RETURNING 1
)
SELECT CASE
    WHEN EXISTS (SELECT FROM claimed) THEN 0
    WHEN EXISTS (SELECT FROM {schema}.received r WHERE r.key = $1 AND r.handled AND r.until > clock_timestamp()) THEN 2
    ELSE 1
END
