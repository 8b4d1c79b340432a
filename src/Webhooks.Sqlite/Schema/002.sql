-- Webhooks that were received: held until a time by whoever handles them, or handled and remembered until then.
CREATE TABLE webhook_received (
    key BLOB PRIMARY KEY,
    token INTEGER NOT NULL,
    until INTEGER NOT NULL,
    handled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_received_until ON webhook_received (until);
