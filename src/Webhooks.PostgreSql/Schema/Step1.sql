-- One row: every write of an endpoint takes the next value.
CREATE TABLE {schema}.revision (
    id smallint PRIMARY KEY CHECK (id = 1),
    value bigint NOT NULL
);
INSERT INTO {schema}.revision (id, value) VALUES (1, 0);

CREATE TABLE {schema}.endpoints (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    state smallint NOT NULL,
    id text COLLATE "C" NOT NULL UNIQUE,
    tenant text COLLATE "C" NOT NULL,
    disabled_reason text,
    settings bytea NOT NULL
);
CREATE INDEX endpoints_revision ON {schema}.endpoints (revision);

-- Endpoints that fail now, each since when.
CREATE TABLE {schema}.failing (
    endpoint bigint PRIMARY KEY,
    since timestamptz NOT NULL
);

-- Messages take their numbers from here. The deliveries of message n have the numbers n * 2^20, n * 2^20 + 1, and so on,
-- so that a message's deliveries are found without an index of their own. Where a message is replayed to an endpoint
-- that it didn't go to, the new delivery takes the next number as if it were a message, and names its message.
CREATE SEQUENCE {schema}.numbers AS bigint;

CREATE TABLE {schema}.messages (
    number bigint NOT NULL,
    created_at timestamptz NOT NULL,
    happened_at timestamptz NOT NULL,
    expires_at timestamptz,
    deliveries integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    event_type text COLLATE "C" NOT NULL,
    content_type text NOT NULL,
    ordering_key text,
    idempotency_key text,
    headers bytea,
    payload bytea NOT NULL,
    CONSTRAINT messages_pkey PRIMARY KEY (number),
    CONSTRAINT messages_id_key UNIQUE (id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
-- Compressing costs more than the space is worth, and the length is known without reading the payload.
ALTER TABLE {schema}.messages ALTER COLUMN payload SET STORAGE EXTERNAL;
CREATE INDEX messages_tenant ON {schema}.messages (tenant, number) WHERE tenant <> '';
CREATE INDEX messages_unwanted ON {schema}.messages (created_at) WHERE deliveries = 0;

CREATE TABLE {schema}.idempotency (
    expires_at timestamptz NOT NULL,
    publication bigint NOT NULL,
    deliveries integer NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    message_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, key)
);
CREATE INDEX idempotency_expires_at ON {schema}.idempotency (expires_at);

-- What is to be done. due is -infinity for at once, so that a clock set back holds nothing up. A lease changes no column
-- that is indexed, and half of each page is left free, so that taking and giving back touches no index.
CREATE TABLE {schema}.pending (
    id bigint NOT NULL,
    endpoint bigint NOT NULL,
    due timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    bytes integer NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0,
    trigger smallint NOT NULL DEFAULT 0,
    retry boolean NOT NULL DEFAULT false,
    lease bigint,
    leased_until timestamptz,
    first_try_at timestamptz,
    order_key bigint,
    message bigint,
    CONSTRAINT pending_pkey PRIMARY KEY (id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX pending_lane ON {schema}.pending (endpoint, retry, due, id) WHERE order_key IS NULL;
CREATE INDEX pending_order ON {schema}.pending (endpoint, order_key, id) WHERE order_key IS NOT NULL;
CREATE INDEX pending_due ON {schema}.pending (due) WHERE due > '-infinity';
CREATE INDEX pending_replayed ON {schema}.pending (message) WHERE message IS NOT NULL;

-- What was done, with its last attempt; the attempts before are in their own table.
CREATE TABLE {schema}.done (
    id bigint NOT NULL,
    endpoint bigint NOT NULL,
    created_at timestamptz NOT NULL,
    completed_at timestamptz NOT NULL,
    started_at timestamptz,
    duration bigint,
    attempts integer NOT NULL,
    number integer,
    state smallint NOT NULL,
    failure smallint NOT NULL,
    trigger smallint,
    error smallint,
    status smallint,
    message bigint,
    error_message text,
    response_snippet text,
    CONSTRAINT done_pkey PRIMARY KEY (id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX done_endpoint ON {schema}.done (endpoint, id);
CREATE INDEX done_completed ON {schema}.done (completed_at) WHERE state <> 2;
CREATE INDEX done_failed ON {schema}.done (completed_at) WHERE state = 2;
CREATE INDEX done_failures ON {schema}.done (endpoint, id) WHERE state = 2;
CREATE INDEX done_replayed ON {schema}.done (message) WHERE message IS NOT NULL;

CREATE TABLE {schema}.attempts (
    delivery bigint NOT NULL,
    started_at timestamptz NOT NULL,
    duration bigint NOT NULL,
    number integer NOT NULL,
    trigger smallint NOT NULL,
    error smallint NOT NULL,
    status smallint,
    error_message text,
    response_snippet text,
    CONSTRAINT attempts_pkey PRIMARY KEY (delivery, number)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
