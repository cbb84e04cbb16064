-- room: assist/knowledge
-- A space keeps what its members learned; a private one shows it to nobody else.
CREATE TABLE knowledge_spaces (
    id text PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    visibility text NOT NULL CHECK (visibility IN ('public', 'private')),
    owner_id text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE knowledge_members (
    space_id text NOT NULL REFERENCES knowledge_spaces (id),
    principal_id text NOT NULL,
    joined_at timestamptz NOT NULL,
    PRIMARY KEY (space_id, principal_id)
);
CREATE INDEX knowledge_members_principal ON knowledge_members (principal_id);

-- What is remembered. ``search`` is written by the store together with the text it is made of.
CREATE TABLE knowledge_articles (
    id text PRIMARY KEY,
    space_id text REFERENCES knowledge_spaces (id),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    version integer NOT NULL CHECK (version >= 1),
    status text NOT NULL CHECK (status IN ('draft', 'approved', 'archived')),
    problem text NOT NULL,
    environment jsonb NOT NULL,
    cause text NOT NULL,
    steps jsonb NOT NULL,
    verification text NOT NULL,
    code text NOT NULL,
    categories text[] NOT NULL,
    platforms text[] NOT NULL,
    languages text[] NOT NULL,
    fingerprint text,
    session_id text UNIQUE,
    request_id text,
    author_id text NOT NULL,
    parties text[] NOT NULL,
    consents text[] NOT NULL CHECK (consents <@ parties),
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    search tsvector NOT NULL,
    CHECK (status <> 'approved' OR (approved_by IS NOT NULL AND parties <@ consents))
);
CREATE INDEX knowledge_articles_search ON knowledge_articles USING gin (search);
CREATE INDEX knowledge_articles_fingerprint ON knowledge_articles (fingerprint) WHERE status = 'approved';
CREATE INDEX knowledge_articles_status ON knowledge_articles (status, id);

-- room: assist/problems
-- A failure as it was reported, redacted, with what was found in it. Never changed afterwards.
CREATE TABLE problem_contexts (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    space_id text,
    trace text NOT NULL,
    problem_detected boolean NOT NULL,
    confidence_percent smallint NOT NULL CHECK (confidence_percent BETWEEN 0 AND 100),
    category text NOT NULL,
    subcategory text NOT NULL,
    complexity text NOT NULL CHECK (complexity IN ('low', 'medium', 'high')),
    urgency text NOT NULL CHECK (urgency IN ('low', 'medium', 'high')),
    suggested_action text NOT NULL
        CHECK (suggested_action IN ('none', 'nudge', 'known_solution', 'expert_assistance')),
    fingerprint text NOT NULL,
    error_type text NOT NULL,
    error_message text NOT NULL,
    language text NOT NULL,
    evidence jsonb NOT NULL,
    environment jsonb NOT NULL,
    occurrences integer NOT NULL CHECK (occurrences >= 0),
    command text,
    exit_code integer,
    log text,
    created_at timestamptz NOT NULL
);
CREATE INDEX problem_contexts_user ON problem_contexts (user_id, id);
CREATE INDEX problem_contexts_repeats ON problem_contexts (user_id, fingerprint, created_at);
