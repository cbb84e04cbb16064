-- room: commons/identity
-- Whoever may act: a person, an agent, a component, or Harmony's own operator.
CREATE TABLE principals (
    id text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('person', 'agent', 'component', 'operator')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    roles text[] NOT NULL,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);

-- Bearer tokens for programs; only their hash is kept.
CREATE TABLE api_tokens (
    id text PRIMARY KEY,
    principal_id text NOT NULL REFERENCES principals (id),
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
    secret_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_principal ON api_tokens (principal_id);

-- One-time links that sign a browser in.
CREATE TABLE sign_in_links (
    secret_hash bytea PRIMARY KEY,
    principal_id text NOT NULL REFERENCES principals (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

-- Signed-in browsers, by the hash of their cookie.
CREATE TABLE browser_sessions (
    secret_hash bytea PRIMARY KEY,
    principal_id text NOT NULL REFERENCES principals (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);

-- Keys of short-lived signed tokens; the newest signs, the others still verify.
CREATE TABLE signing_keys (
    id text PRIMARY KEY,
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL
);
