-- room: coordination/registry
-- Where a component stands among its like, how much it takes, and whether it may be given new work. A row that is
-- ``gone`` is a tombstone: its id is kept for the same component and never given to another.
ALTER TABLE components
    ADD COLUMN namespace text NOT NULL DEFAULT 'default' CHECK (length(namespace) BETWEEN 1 AND 64),
    ADD COLUMN zone text CHECK (length(zone) BETWEEN 1 AND 64),
    ADD COLUMN weight integer NOT NULL DEFAULT 100 CHECK (weight BETWEEN 0 AND 1000),
    ADD COLUMN protocol_version integer NOT NULL DEFAULT 1 CHECK (protocol_version > 0),
    ADD COLUMN request_url text CHECK (length(request_url) <= 2048),
    ADD COLUMN draining boolean NOT NULL DEFAULT false,
    ADD COLUMN gone_at timestamptz,
    ADD COLUMN gone_reason text CHECK (length(gone_reason) BETWEEN 1 AND 200),
    ADD CHECK ((gone_at IS NULL) = (gone_reason IS NULL)),
    DROP CONSTRAINT components_component_host_port_key,
    ADD UNIQUE (namespace, component, host, port);
CREATE INDEX components_gone_at ON components (gone_at) WHERE gone_at IS NOT NULL;

-- room: coordination/heartbeats
-- ``incarnation`` is the component's, whose beats alone count; ``good_beats`` in a row bring a component back; ``penalty`` counts its falls and fades; while ``damped_until`` has
-- not passed it does not count as healthy however well it beats.
ALTER TABLE component_leases
    DROP CONSTRAINT component_leases_state_check,
    ADD CONSTRAINT component_leases_state_check
        CHECK (state IN ('healthy', 'ailing', 'recovering', 'missing', 'offline')),
    ADD COLUMN incarnation integer NOT NULL DEFAULT 1 CHECK (incarnation > 0),
    ADD COLUMN good_beats integer NOT NULL DEFAULT 0 CHECK (good_beats >= 0),
    ADD COLUMN penalty double precision NOT NULL DEFAULT 0 CHECK (penalty >= 0),
    ADD COLUMN penalty_at timestamptz,
    ADD COLUMN damped_until timestamptz;

-- Every change of a component's state with what was known at that moment.
CREATE TABLE component_changes (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    component_id text NOT NULL,
    at timestamptz NOT NULL,
    previous text,
    state text NOT NULL,
    cause text NOT NULL,
    facts jsonb NOT NULL,
    trace text NOT NULL
);
CREATE INDEX component_changes_component ON component_changes (component_id, number);

-- What a component is to do: told with each answer to its beats until it acknowledges.
CREATE TABLE component_commands (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL UNIQUE,
    component_id text NOT NULL REFERENCES components (id) ON DELETE CASCADE,
    command text NOT NULL CHECK (length(command) BETWEEN 1 AND 64),
    arguments jsonb NOT NULL,
    issued_by text NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    acknowledged_at timestamptz
);
CREATE INDEX component_commands_open ON component_commands (component_id, number) WHERE acknowledged_at IS NULL;

-- When the Conductor doubted itself: why, how many leases it spared, until when. ``spares_from`` leaves out who was
-- not heard of since then: nobody is spared twice for one silence of many.
CREATE TABLE conductor_graces (
    id text PRIMARY KEY,
    cause text NOT NULL CHECK (cause IN ('restarted', 'lagged', 'clock', 'mass')),
    facts jsonb NOT NULL,
    leases integer NOT NULL CHECK (leases >= 0),
    spares_from timestamptz,
    began_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CHECK (ends_at > began_at)
);
CREATE UNIQUE INDEX conductor_graces_open ON conductor_graces ((true)) WHERE ended_at IS NULL;
CREATE INDEX conductor_graces_began ON conductor_graces (began_at);
