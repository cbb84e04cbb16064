-- room: assist/mirrors
-- A repository that is kept alike on its remotes.
CREATE TABLE mirror_repositories (
    name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    branch text NOT NULL CHECK (length(branch) BETWEEN 1 AND 200),
    syncs_total bigint NOT NULL DEFAULT 0,
    errors_total bigint NOT NULL DEFAULT 0,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE mirror_remotes (
    repository text NOT NULL REFERENCES mirror_repositories (name) ON DELETE CASCADE,
    name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    url text NOT NULL CHECK (length(url) BETWEEN 1 AND 1000),
    added_at timestamptz NOT NULL,
    online boolean,
    last_result text,
    last_error text,
    seen_at timestamptz,
    PRIMARY KEY (repository, name)
);

-- Each time the remotes were compared. A run that is ``running`` while nobody holds the repository was interrupted.
CREATE TABLE mirror_runs (
    id text PRIMARY KEY,
    repository text NOT NULL REFERENCES mirror_repositories (name) ON DELETE CASCADE,
    request_id text,
    dry_run boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'synced', 'diverged', 'failed', 'refused', 'interrupted')),
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    report jsonb NOT NULL
);
CREATE INDEX mirror_runs_repository ON mirror_runs (repository, id);
CREATE INDEX mirror_runs_request ON mirror_runs (request_id) WHERE request_id IS NOT NULL;
