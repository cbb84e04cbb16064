-- room: assist/problems
-- Who may send web hooks for somebody. The secret is derived from the installation's key ``key_id`` and kept nowhere.
CREATE TABLE ci_sources (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    provider text NOT NULL CHECK (provider IN ('github', 'gitlab')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    key_id text NOT NULL,
    generation integer NOT NULL CHECK (generation >= 1),
    created_at timestamptz NOT NULL,
    delivered_at timestamptz
);
CREATE INDEX ci_sources_user ON ci_sources (user_id, id);

-- Deliveries that were taken: neither an id nor a body has an effect twice.
CREATE TABLE ci_deliveries (
    source_id text NOT NULL REFERENCES ci_sources (id) ON DELETE CASCADE,
    delivery_id text NOT NULL,
    body_hash bytea NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (source_id, delivery_id),
    UNIQUE (source_id, body_hash)
);
CREATE INDEX ci_deliveries_received ON ci_deliveries (received_at);

-- How jobs ended. ``object_id`` is the provider's own, so the same end told twice is one row.
CREATE TABLE ci_outcomes (
    source_id text NOT NULL REFERENCES ci_sources (id) ON DELETE CASCADE,
    object_id text NOT NULL,
    repository text NOT NULL,
    workflow text NOT NULL,
    job text NOT NULL,
    branch text NOT NULL,
    is_main boolean NOT NULL,
    commit_id text NOT NULL,
    passed boolean NOT NULL,
    ended_at timestamptz NOT NULL,
    url text,
    PRIMARY KEY (source_id, object_id)
);
CREATE INDEX ci_outcomes_job ON ci_outcomes (source_id, repository, workflow, job, ended_at);
CREATE INDEX ci_outcomes_ended ON ci_outcomes (ended_at);
