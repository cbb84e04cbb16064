-- room: coordination/requests
-- Requests that carry a key: one key has one effect, across reroute and restart. Rows live 24 hours.
CREATE TABLE component_requests (
    principal text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    id text NOT NULL UNIQUE,
    body_hash bytea NOT NULL,
    component_id text,
    state text NOT NULL CHECK (state IN ('open', 'sent', 'answered')),
    status integer,
    reply jsonb,
    created_at timestamptz NOT NULL,
    deadline_at timestamptz NOT NULL,
    PRIMARY KEY (principal, key),
    CHECK ((state = 'answered') = (status IS NOT NULL))
);
CREATE INDEX component_requests_created ON component_requests (created_at);
