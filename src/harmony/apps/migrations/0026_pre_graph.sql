-- room: assist/graph
-- Who and what there is. ``root_id`` is the entity itself, or the one that it was merged into: merging moves a pointer
-- and changes nothing else, so undoing it brings back exactly what was.
CREATE TABLE graph_entities (
    id text PRIMARY KEY,
    key text UNIQUE CHECK (length(key) BETWEEN 1 AND 200),
    type text NOT NULL CHECK (length(type) BETWEEN 1 AND 64),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    properties jsonb NOT NULL CHECK (jsonb_typeof(properties) = 'object'),
    evidence_tier text CHECK (evidence_tier IN ('documented', 'reported', 'alleged')),
    source_ids text[] NOT NULL,
    confidence_score double precision CHECK (confidence_score BETWEEN 0 AND 1),
    root_id text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english'::regconfig, name), 'A')
        || setweight(to_tsvector('english'::regconfig, replace(type, '_', ' ')), 'C')
        || setweight(jsonb_to_tsvector('english'::regconfig, properties, '["string"]'), 'D')
    ) STORED
);
CREATE INDEX graph_entities_search ON graph_entities USING gin (search);
CREATE INDEX graph_entities_names ON graph_entities USING gin (to_tsvector('simple'::regconfig, name));
CREATE INDEX graph_entities_root ON graph_entities (root_id);
CREATE INDEX graph_entities_type ON graph_entities (lower(type), id);

-- What one has to do with another, as it was stated (``from_id``, ``to_id``) and as it is read after merges.
CREATE TABLE graph_relationships (
    id text PRIMARY KEY,
    from_id text NOT NULL REFERENCES graph_entities (id) ON DELETE CASCADE,
    to_id text NOT NULL REFERENCES graph_entities (id) ON DELETE CASCADE,
    type text NOT NULL CHECK (length(type) BETWEEN 1 AND 64),
    properties jsonb NOT NULL CHECK (jsonb_typeof(properties) = 'object'),
    evidence_tier text CHECK (evidence_tier IN ('documented', 'reported', 'alleged')),
    source_ids text[] NOT NULL,
    confidence_score double precision CHECK (confidence_score BETWEEN 0 AND 1),
    from_root_id text NOT NULL,
    to_root_id text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (from_id, to_id, type)
);
CREATE INDEX graph_relationships_to ON graph_relationships (to_id);
CREATE INDEX graph_relationships_from_root ON graph_relationships (from_root_id, id);
CREATE INDEX graph_relationships_to_root ON graph_relationships (to_root_id, id);

-- Where claims come from, and what answers are taken from.
CREATE TABLE graph_documents (
    id text PRIMARY KEY,
    key text UNIQUE CHECK (length(key) BETWEEN 1 AND 200),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('primary', 'reputable', 'unverified')),
    text text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE graph_passages (
    document_id text NOT NULL REFERENCES graph_documents (id) ON DELETE CASCADE,
    number integer NOT NULL,
    text text NOT NULL,
    search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('english'::regconfig, text)) STORED,
    PRIMARY KEY (document_id, number)
);
CREATE INDEX graph_passages_search ON graph_passages USING gin (search);

-- Merges in their order. ``moved`` are the entities whose pointer was moved.
CREATE TABLE graph_merges (
    id text PRIMARY KEY,
    kept_id text NOT NULL,
    merged_id text NOT NULL,
    moved text[] NOT NULL,
    reason text NOT NULL,
    merged_by text NOT NULL,
    merged_at timestamptz NOT NULL,
    undone_by text,
    undone_at timestamptz
);
CREATE INDEX graph_merges_kept ON graph_merges (kept_id, id);

-- What was asked and what was answered then.
CREATE TABLE graph_questions (
    id text PRIMARY KEY,
    question text NOT NULL,
    answer jsonb NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL
);
CREATE INDEX graph_questions_asked_by ON graph_questions (asked_by, id);
CREATE INDEX graph_questions_asked_at ON graph_questions (asked_at);
