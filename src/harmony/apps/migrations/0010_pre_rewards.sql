-- room: assist/rewards
-- What a session was worth, valued once; ``breakdown`` keeps every factor so that it can be explained later.
CREATE TABLE contributions (
    id text PRIMARY KEY,
    session_id text NOT NULL UNIQUE,
    expert_id text NOT NULL,
    profile_id text NOT NULL,
    seeker_id text NOT NULL,
    trace text NOT NULL,
    state text NOT NULL CHECK (state IN ('valued', 'distributed')),
    formula integer NOT NULL,
    score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    complexity text NOT NULL CHECK (complexity IN ('low', 'medium', 'high')),
    breakdown jsonb NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    points_minor bigint NOT NULL,
    valued_at timestamptz NOT NULL,
    distributed_at timestamptz,
    CHECK ((state = 'distributed') = (distributed_at IS NOT NULL))
);
CREATE INDEX contributions_valued ON contributions (valued_at, id) WHERE state = 'valued';
