-- room: coordination/state
-- Versions come from one sequence: a key that was deleted and made again never has a version twice.
CREATE SEQUENCE state_version;

-- A life that keys may share: they go when it ends.
CREATE TABLE state_leases (
    id text PRIMARY KEY,
    holder text NOT NULL,
    ttl_seconds double precision NOT NULL CHECK (ttl_seconds > 0),
    expires_at timestamptz NOT NULL
);
CREATE INDEX state_leases_expires_at ON state_leases (expires_at);

-- What everybody shares. ``value`` is text, often JSON.
CREATE TABLE state_entries (
    key text COLLATE "C" PRIMARY KEY CHECK (length(key) BETWEEN 6 AND 256),
    value text NOT NULL,
    version bigint NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    expires_at timestamptz,
    lease_id text
);
CREATE INDEX state_entries_expires_at ON state_entries (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX state_entries_lease ON state_entries (lease_id) WHERE lease_id IS NOT NULL;

-- Earlier values; null is the key's end.
CREATE TABLE state_history (
    key text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    value text,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (key, version)
);
CREATE INDEX state_history_changed_at ON state_history (changed_at);

-- Locks. The row stays when a lock is free, so that its token only grows.
CREATE TABLE state_locks (
    name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
    token bigint NOT NULL,
    owner text,
    holder text,
    expires_at timestamptz,
    CHECK ((owner IS NULL) = (expires_at IS NULL))
);
CREATE INDEX state_locks_expires_at ON state_locks (expires_at) WHERE expires_at IS NOT NULL;
