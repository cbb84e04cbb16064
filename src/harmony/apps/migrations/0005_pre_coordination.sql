-- room: coordination/registry
-- The last number given for each component name; it only grows, so an id is never given twice.
CREATE TABLE component_names (
    component text PRIMARY KEY CHECK (length(component) BETWEEN 1 AND 64),
    last_number integer NOT NULL CHECK (last_number > 0)
);

-- Who has joined. A component is known by its name and where it listens; ``holder`` is the principal that registered
-- it ('local' for a caller without a token).
CREATE TABLE components (
    id text PRIMARY KEY,
    component text NOT NULL REFERENCES component_names (component),
    number integer NOT NULL CHECK (number > 0),
    host text NOT NULL CHECK (length(host) BETWEEN 1 AND 253),
    port integer NOT NULL CHECK (port BETWEEN 0 AND 65535),
    version text NOT NULL CHECK (length(version) BETWEEN 1 AND 64),
    capabilities text[] NOT NULL CHECK (cardinality(capabilities) <= 64),
    health_check_url text CHECK (length(health_check_url) <= 2048),
    heartbeat_interval_seconds integer NOT NULL CHECK (heartbeat_interval_seconds BETWEEN 1 AND 30),
    holder text NOT NULL,
    routable boolean NOT NULL,
    incarnation integer NOT NULL CHECK (incarnation > 0),
    registered_at timestamptz NOT NULL,
    UNIQUE (component, host, port),
    UNIQUE (component, number)
);

-- room: coordination/heartbeats
-- One lease a component: it lives until ``expires_at`` unless a beat renews it. Offline has nothing left to expire.
CREATE TABLE component_leases (
    component_id text PRIMARY KEY REFERENCES components (id),
    holder text NOT NULL,
    state text NOT NULL CHECK (state IN ('healthy', 'ailing', 'missing', 'offline')),
    reported_status text NOT NULL CHECK (length(reported_status) BETWEEN 1 AND 32),
    interval_seconds integer NOT NULL CHECK (interval_seconds BETWEEN 1 AND 30),
    last_beat_at timestamptz NOT NULL,
    since timestamptz NOT NULL,
    expires_at timestamptz,
    metrics jsonb NOT NULL DEFAULT '{}',
    trace text NOT NULL,
    CHECK ((state = 'offline') = (expires_at IS NULL))
);
CREATE INDEX component_leases_expires_at ON component_leases (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX component_leases_offline ON component_leases (since) WHERE state = 'offline';

-- One row: when leases were last watched. The time between that and the next start is the Conductor's own absence.
CREATE TABLE conductor_watch (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    watched_at timestamptz
);
INSERT INTO conductor_watch DEFAULT VALUES;
