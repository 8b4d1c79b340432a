-- Webhooks that were received: held until a time by whoever handles them, or handled and remembered until then.
CREATE TABLE {schema}.received (
    until timestamptz NOT NULL,
    token bigint NOT NULL,
    handled boolean NOT NULL,
    key bytea NOT NULL,
    CONSTRAINT received_pkey PRIMARY KEY (key)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
CREATE INDEX received_until ON {schema}.received (until);
