-- room: assist/experts
-- Who offers help: a principal's profile.
CREATE TABLE experts (
    id text PRIMARY KEY,
    principal_id text NOT NULL UNIQUE,
    name text NOT NULL,
    specializations text[] NOT NULL,
    platforms text[] NOT NULL,
    languages jsonb NOT NULL,
    availability jsonb NOT NULL,
    communication jsonb NOT NULL,
    registered_at timestamptz NOT NULL
);

-- Skills by their normal name, for finding; ``shown`` is how the expert wrote it.
CREATE TABLE expert_skills (
    expert_id text NOT NULL REFERENCES experts (id),
    skill text NOT NULL,
    shown text NOT NULL,
    level text NOT NULL CHECK (level IN ('Beginner', 'Intermediate', 'Advanced', 'Expert')),
    years integer NOT NULL CHECK (years BETWEEN 0 AND 80),
    PRIMARY KEY (expert_id, skill)
);
CREATE INDEX expert_skills_skill ON expert_skills (skill, expert_id);

-- What seekers thought, one a session.
CREATE TABLE expert_ratings (
    session_id text PRIMARY KEY,
    expert_id text NOT NULL REFERENCES experts (id),
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    given_at timestamptz NOT NULL
);
CREATE INDEX expert_ratings_expert ON expert_ratings (expert_id);

-- The book of standing: append only, one entry a contribution, never convertible.
CREATE TABLE reputation_entries (
    contribution_id text PRIMARY KEY,
    expert_id text NOT NULL REFERENCES experts (id),
    points_minor bigint NOT NULL,
    entered_at timestamptz NOT NULL
);
CREATE INDEX reputation_entries_expert ON reputation_entries (expert_id);

-- room: assist/matching
-- Somebody asks for help with a reported failure. ``trace`` is that of the report: one story, one trace.
CREATE TABLE help_requests (
    id text PRIMARY KEY,
    seeker_id text NOT NULL,
    context_id text NOT NULL,
    space_id text,
    trace text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'offered', 'in_session', 'resolved', 'cancelled')),
    issue_type text NOT NULL,
    description text NOT NULL,
    urgency text NOT NULL CHECK (urgency IN ('low', 'medium', 'high')),
    required_expertise text[] NOT NULL,
    language text NOT NULL,
    attempted_solutions jsonb NOT NULL,
    session_id text,
    opened_at timestamptz NOT NULL,
    moved_at timestamptz NOT NULL,
    CHECK (state <> 'in_session' OR session_id IS NOT NULL)
);
CREATE INDEX help_requests_seeker ON help_requests (seeker_id, id);
CREATE INDEX help_requests_context ON help_requests (context_id);

CREATE TABLE help_offers (
    id text PRIMARY KEY,
    request_id text NOT NULL REFERENCES help_requests (id),
    expert_id text NOT NULL,
    principal_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'accepted', 'declined', 'expired', 'withdrawn')),
    trace text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    answered_at timestamptz
);
-- One open offer a request.
CREATE UNIQUE INDEX help_offers_pending ON help_offers (request_id) WHERE state = 'pending';
CREATE INDEX help_offers_expiring ON help_offers (expires_at) WHERE state = 'pending';
CREATE INDEX help_offers_principal ON help_offers (principal_id, id);
CREATE INDEX help_offers_request ON help_offers (request_id, id);

-- room: assist/sessions
-- A seeker and an expert together. ``expert_id`` is the expert's principal, ``profile_id`` the profile.
CREATE TABLE help_sessions (
    id text PRIMARY KEY,
    request_id text NOT NULL,
    offer_id text NOT NULL UNIQUE,
    context_id text NOT NULL,
    seeker_id text NOT NULL,
    expert_id text NOT NULL,
    profile_id text NOT NULL,
    space_id text,
    trace text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'resolved', 'abandoned')),
    response_seconds integer NOT NULL CHECK (response_seconds >= 0),
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    publication_consented boolean NOT NULL DEFAULT false,
    messages integer NOT NULL DEFAULT 0,
    opened_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK (seeker_id <> expert_id),
    CHECK ((state = 'resolved') = (rating IS NOT NULL))
);
CREATE INDEX help_sessions_seeker ON help_sessions (seeker_id, id);
CREATE INDEX help_sessions_expert ON help_sessions (expert_id, id);

CREATE TABLE session_messages (
    session_id text NOT NULL REFERENCES help_sessions (id),
    position integer NOT NULL,
    id text NOT NULL UNIQUE,
    author_id text NOT NULL,
    body text NOT NULL,
    hidden integer NOT NULL,
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, position)
);

-- What the seeker consented to show, as it was then; wiped when it ends.
CREATE TABLE session_shares (
    id text PRIMARY KEY,
    session_id text NOT NULL REFERENCES help_sessions (id),
    scope text[] NOT NULL,
    content jsonb,
    granted_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX session_shares_session ON session_shares (session_id, id);
CREATE INDEX session_shares_ending ON session_shares (expires_at) WHERE content IS NOT NULL;
