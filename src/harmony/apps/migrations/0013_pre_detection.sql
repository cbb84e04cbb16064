-- room: assist/problems
-- How somebody wants to be watched over; who has no row has the defaults.
CREATE TABLE detection_settings (
    user_id text PRIMARY KEY,
    mode text NOT NULL CHECK (mode IN ('proactive', 'on_demand', 'scheduled')),
    privacy text NOT NULL CHECK (privacy IN ('high', 'standard', 'open')),
    alarms_a_day smallint NOT NULL CHECK (alarms_a_day BETWEEN 0 AND 20),
    digest_hour smallint NOT NULL CHECK (digest_hour BETWEEN 0 AND 23),
    timezone text NOT NULL CHECK (length(timezone) BETWEEN 1 AND 64),
    updated_at timestamptz NOT NULL
);

-- What has been spent of somebody's attention: when alarms were sounded, how often one was called no problem.
CREATE TABLE detection_budgets (
    user_id text PRIMARY KEY,
    sounded timestamptz[] NOT NULL,
    strikes smallint NOT NULL CHECK (strikes >= 0)
);

-- A run that is watched. ``state`` is the monitor's memory; ``salt`` keys what stands for hidden words in it.
CREATE TABLE detection_runs (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    source text NOT NULL CHECK (source IN ('editor', 'agent')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    privacy text NOT NULL CHECK (privacy IN ('high', 'standard', 'open')),
    salt bytea NOT NULL,
    state jsonb NOT NULL,
    events bigint NOT NULL CHECK (events >= 0),
    rung smallint NOT NULL CHECK (rung BETWEEN 0 AND 3),
    spoken_at bigint NOT NULL,
    alarm_id text,
    begun_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    UNIQUE (user_id, source, name)
);
CREATE INDEX detection_runs_user ON detection_runs (user_id, seen_at);
CREATE INDEX detection_runs_seen ON detection_runs (seen_at);

-- Which events a run has had, by the keyed hash of the client's id: the newest only.
CREATE TABLE detection_events (
    run_id text NOT NULL REFERENCES detection_runs (id) ON DELETE CASCADE,
    event bytea NOT NULL,
    place bigint NOT NULL,
    PRIMARY KEY (run_id, event)
);
CREATE INDEX detection_events_place ON detection_events (run_id, place);

-- What was noticed, and what became of it.
CREATE TABLE detection_alarms (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    source text NOT NULL CHECK (source IN ('editor', 'agent', 'ci')),
    subject text NOT NULL,
    kind text NOT NULL,
    confidence_percent smallint NOT NULL CHECK (confidence_percent BETWEEN 0 AND 100),
    rounds integer NOT NULL CHECK (rounds >= 1),
    obstacle text NOT NULL,
    remedy text NOT NULL CHECK (remedy IN ('nudge', 'known_solutions', 'person')),
    state text NOT NULL CHECK (state IN ('told', 'held', 'quiet', 'beyond_budget')),
    lines jsonb NOT NULL,
    context_id text,
    raised_at timestamptz NOT NULL,
    told_at timestamptz CHECK ((told_at IS NOT NULL) = (state = 'told')),
    sounded_at timestamptz,
    answer text CHECK (answer IN ('right', 'wrong')),
    answered_at timestamptz
);
CREATE INDEX detection_alarms_user ON detection_alarms (user_id, id);
CREATE INDEX detection_alarms_held ON detection_alarms (user_id, raised_at) WHERE state = 'held';
CREATE INDEX detection_alarms_raised ON detection_alarms (raised_at);
