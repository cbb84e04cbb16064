-- room: assist/problems
-- A failure that somebody met, as it is compared; ``sketch`` holds its kind, words and frames as 32-bit numbers.
CREATE TABLE problem_fingerprints (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id text NOT NULL,
    fingerprint text NOT NULL,
    failure jsonb NOT NULL,
    kind bigint NOT NULL,
    words bigint[] NOT NULL,
    steps bigint[] NOT NULL,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    UNIQUE (user_id, fingerprint)
);

-- Where a failure is found again by what it shares with others; ``place`` is which of its keys this is.
CREATE TABLE problem_fingerprint_keys (
    user_id text NOT NULL,
    place smallint NOT NULL,
    key bigint NOT NULL,
    number bigint NOT NULL REFERENCES problem_fingerprints (number) ON DELETE CASCADE,
    PRIMARY KEY (user_id, place, key, number)
);
CREATE INDEX problem_fingerprint_keys_number ON problem_fingerprint_keys (number);

-- What a person decided about two fingerprints, or about one (``one`` = ``other``: its library frames count too).
CREATE TABLE problem_groupings (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    one text NOT NULL,
    other text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('merge', 'split')),
    reason text NOT NULL,
    decided_at timestamptz NOT NULL,
    UNIQUE (user_id, one, other),
    CHECK (one <= other),
    CHECK (one < other OR verdict = 'split')
);
CREATE INDEX problem_groupings_user ON problem_groupings (user_id, id);
CREATE INDEX problem_groupings_other ON problem_groupings (user_id, other);
