-- The number after the last message stored before {time}, found by halving: numbers grow with time.
(WITH RECURSIVE halves (low, high) AS (
    SELECT min(m.number), max(m.number) + 1 FROM {schema}.messages m
    UNION ALL
    SELECT CASE WHEN f.is_older THEN f.number + 1 ELSE h.low END,
        CASE WHEN f.is_older THEN h.high ELSE (h.low + h.high) / 2 END
    FROM halves h
    CROSS JOIN LATERAL (
        SELECT coalesce(m.created_at < {time}, false) AS is_older, m.number
        FROM (VALUES (1)) one
        LEFT JOIN LATERAL (
            SELECT m.created_at, m.number FROM {schema}.messages m
            WHERE m.number >= (h.low + h.high) / 2 ORDER BY m.number LIMIT 1) m ON true) f
    WHERE h.low < h.high)
SELECT h.low FROM halves h WHERE h.low >= h.high LIMIT 1)
