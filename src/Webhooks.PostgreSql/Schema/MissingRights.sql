-- What this role may not do and has to, as GRANT would name it. $1 the schema.
SELECT format('%s ON %I', string_agg(r.name, ', ' ORDER BY r.place), c.relname)
FROM pg_class c
CROSS JOIN (VALUES (1, 'SELECT'), (2, 'INSERT'), (3, 'UPDATE'), (4, 'DELETE'), (5, 'USAGE')) AS r (place, name)
WHERE c.relnamespace = $1::text::regnamespace
    AND CASE
        WHEN c.relkind = 'S' THEN c.relname = 'numbers' AND r.name = 'USAGE'
            AND NOT has_sequence_privilege(c.oid, 'USAGE')
        WHEN c.relkind NOT IN ('r', 'p') OR r.name = 'USAGE' THEN false
        WHEN c.relname = 'version' THEN r.name = 'SELECT' AND NOT has_table_privilege(c.oid, 'SELECT')
        WHEN c.relname = 'revision' THEN r.name IN ('SELECT', 'UPDATE') AND NOT has_table_privilege(c.oid, r.name)
        ELSE NOT has_table_privilege(c.oid, r.name)
    END
GROUP BY c.relname
ORDER BY c.relname
