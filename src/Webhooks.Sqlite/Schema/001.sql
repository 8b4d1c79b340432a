-- Times are counted in 100 ns since 1970.

-- One row: how far the store's counters are. It is written once a transaction.
CREATE TABLE webhook_meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schema_version INTEGER NOT NULL,
    last_message INTEGER NOT NULL,
    last_delivery INTEGER NOT NULL,
    endpoint_revision INTEGER NOT NULL,
    pending INTEGER NOT NULL
) STRICT;

INSERT INTO webhook_meta VALUES (1, 0, 0, 0, 0, 0);

-- A message's own deliveries have the numbers from first_delivery on, so that no index has to find them.
CREATE TABLE webhook_messages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    event_type TEXT NOT NULL,
    timestamp INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    content_type TEXT NOT NULL,
    ordering_key TEXT,
    idempotency_key TEXT,
    first_delivery INTEGER NOT NULL,
    deliveries INTEGER NOT NULL,
    headers BLOB,
    payload BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX webhook_messages_id ON webhook_messages (id);
CREATE INDEX webhook_messages_tenant ON webhook_messages (tenant) WHERE tenant <> '';
CREATE INDEX webhook_messages_unwanted ON webhook_messages (created_at) WHERE deliveries = 0;

CREATE TABLE webhook_idempotency (
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    deliveries INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_idempotency_expiry ON webhook_idempotency (expires_at);

-- due is 0 for what is to be sent at once; due_since then says since when, where that isn't created_at.
-- held is 1 while the delivery waits behind another one of its endpoint, tenant and ordering key.
-- No index has a lease's columns: leasing changes the row and nothing else.
CREATE TABLE webhook_pending (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL,
    endpoint INTEGER NOT NULL,
    retry INTEGER NOT NULL,
    due INTEGER NOT NULL,
    due_since INTEGER,
    held INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    tenant TEXT NOT NULL,
    ordering_key TEXT,
    attempts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    first_try_at INTEGER,
    asked_by INTEGER NOT NULL,
    lease INTEGER,
    leased_until INTEGER NOT NULL
) STRICT;

CREATE INDEX webhook_pending_lane ON webhook_pending (endpoint, retry, due) WHERE held = 0;
CREATE INDEX webhook_pending_order ON webhook_pending (endpoint, ordering_key, tenant) WHERE ordering_key IS NOT NULL;

-- An endpoint with pending deliveries, and the time before which none of them can be claimed: never too late, perhaps
-- too early. next_due is when the next one that waits is due, as far as is known.
CREATE TABLE webhook_lanes (
    endpoint INTEGER PRIMARY KEY,
    look_at INTEGER NOT NULL,
    next_due INTEGER NOT NULL
) STRICT;

-- The last attempt stands in the row itself.
CREATE TABLE webhook_done (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL,
    endpoint INTEGER NOT NULL,
    state INTEGER NOT NULL,
    failure INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    completed_at INTEGER NOT NULL,
    tenant TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    number INTEGER,
    started_at INTEGER,
    duration INTEGER,
    asked_by INTEGER,
    error INTEGER,
    status_code INTEGER,
    error_message TEXT,
    snippet TEXT
) STRICT;

CREATE INDEX webhook_done_endpoint ON webhook_done (endpoint);
CREATE INDEX webhook_done_tenant ON webhook_done (tenant) WHERE tenant <> '';
CREATE INDEX webhook_done_failed ON webhook_done (state) WHERE state = 2;
CREATE INDEX webhook_done_failed_endpoint ON webhook_done (endpoint) WHERE state = 2;

-- The attempts that aren't in a done delivery's own row.
CREATE TABLE webhook_attempts (
    delivery INTEGER NOT NULL,
    number INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    error INTEGER NOT NULL,
    status_code INTEGER,
    error_message TEXT,
    snippet TEXT,
    PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;

-- The deliveries that a replay added to a message.
CREATE TABLE webhook_replays (
    message INTEGER NOT NULL,
    delivery INTEGER NOT NULL,
    PRIMARY KEY (message, delivery)
) STRICT, WITHOUT ROWID;

-- Which numbers were given in an hour, so that a time finds its rows without an index of times.
CREATE TABLE webhook_hours (
    hour INTEGER PRIMARY KEY,
    first_message INTEGER NOT NULL,
    last_message INTEGER NOT NULL,
    first_delivery INTEGER NOT NULL,
    last_delivery INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_endpoints (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    state INTEGER NOT NULL,
    disabled_reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    settings BLOB NOT NULL
) STRICT;

CREATE INDEX webhook_endpoints_revision ON webhook_endpoints (revision);

CREATE TABLE webhook_failing (
    endpoint INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT;
