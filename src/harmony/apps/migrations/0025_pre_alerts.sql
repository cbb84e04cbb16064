-- room: coordination/alerts
-- What is to be told of. ``definition`` is the rule as it was configured, checked when it was taken.
CREATE TABLE alert_rules (
    name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
    definition jsonb NOT NULL,
    built_in boolean NOT NULL,
    version bigint NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL
);

-- An alert of a rule for one target (a component, and the values of the labels that the rule tells apart).
-- ``told_at``: a message with its firing is on its way; ``end_told_at``: one with its end.
CREATE TABLE alert_instances (
    id text PRIMARY KEY,
    rule text NOT NULL,
    target text NOT NULL,
    told_apart jsonb NOT NULL,
    labels jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'firing', 'resolved', 'cancelled')),
    value double precision,
    since timestamptz NOT NULL,
    fired_at timestamptz,
    false_since timestamptz,
    ended_at timestamptz,
    group_key text NOT NULL,
    summary text NOT NULL,
    told_at timestamptz,
    reminded_at timestamptz,
    end_told_at timestamptz,
    trace text NOT NULL,
    CHECK ((state IN ('resolved', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK (end_told_at IS NULL OR told_at IS NOT NULL)
);
CREATE UNIQUE INDEX alert_instances_active ON alert_instances (rule, target, told_apart)
    WHERE state IN ('pending', 'firing');
CREATE INDEX alert_instances_group ON alert_instances (group_key)
    WHERE state = 'firing' OR (state = 'resolved' AND told_at IS NOT NULL AND end_told_at IS NULL);
CREATE INDEX alert_instances_ended ON alert_instances (ended_at) WHERE ended_at IS NOT NULL;

-- Alerts that are told of in one message. ``due_at`` null: there is nothing to tell.
CREATE TABLE alert_groups (
    key text PRIMARY KEY,
    title text NOT NULL,
    channels text[] NOT NULL,
    interval_seconds double precision NOT NULL,
    repeat_seconds double precision,
    first_at timestamptz,
    due_at timestamptz,
    told_at timestamptz,
    messages bigint NOT NULL DEFAULT 0
);
CREATE INDEX alert_groups_due ON alert_groups (due_at) WHERE due_at IS NOT NULL;

-- What is not told for a while, by labels.
CREATE TABLE alert_silences (
    id text PRIMARY KEY,
    matchers jsonb NOT NULL,
    begins_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    reason text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX alert_silences_ends_at ON alert_silences (ends_at);

-- room: commons/notifications
-- Ways out that were set up, with their secrets: they are read by the delivery alone and never shown again.
CREATE TABLE notification_channels (
    name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 32),
    kind text NOT NULL CHECK (kind IN ('email', 'slack', 'webhook')),
    settings jsonb NOT NULL,
    held_until timestamptz,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL
);
ALTER TABLE notifications ADD COLUMN facts jsonb;
