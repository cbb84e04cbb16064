-- room: commons/journal
-- One log, one revision. ``position`` is the order of insertion, ``revision`` the order in which the stamper saw the
-- commits; a row without a revision is not readable yet.
CREATE TABLE journal_entries (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    revision bigint UNIQUE,
    kind text NOT NULL,
    version integer NOT NULL,
    subject text NOT NULL,
    payload jsonb NOT NULL,
    actor text NOT NULL,
    trace text NOT NULL,
    occurred_at timestamptz NOT NULL
);
CREATE INDEX journal_entries_unstamped ON journal_entries (position) WHERE revision IS NULL;
CREATE INDEX journal_entries_trace ON journal_entries (trace, revision);
CREATE INDEX journal_entries_subject ON journal_entries (subject, revision);

-- One row: which log this is, how far it is stamped and from where it can still be read.
CREATE TABLE journal_head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    epoch text NOT NULL DEFAULT substr(md5(random()::text || clock_timestamp()::text), 1, 12),
    revision bigint NOT NULL DEFAULT 0,
    compacted_revision bigint NOT NULL DEFAULT 0
);
INSERT INTO journal_head DEFAULT VALUES;

-- How far each named consumer has come.
CREATE TABLE journal_consumers (
    name text PRIMARY KEY,
    revision bigint NOT NULL,
    moved_at timestamptz NOT NULL
);
