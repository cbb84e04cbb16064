-- room: adapters/db
-- Answers already given, so that one Idempotency-Key has one effect. Rows live 24 hours.
CREATE TABLE idempotency_keys (
    principal text NOT NULL,
    route text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    body_hash bytea NOT NULL,
    status integer,
    answer jsonb,
    claimed_at timestamptz NOT NULL,
    PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_keys_claimed_at ON idempotency_keys (claimed_at);
