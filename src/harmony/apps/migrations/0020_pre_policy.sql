-- room: commons/policy
-- Who may do what to whom. A pattern is a component's name or a beginning followed by ``*``.
CREATE TABLE access_rules (
    id text PRIMARY KEY,
    from_name text NOT NULL CHECK (length(from_name) BETWEEN 1 AND 64),
    to_names text[] NOT NULL CHECK (cardinality(to_names) BETWEEN 1 AND 64),
    operations text[] NOT NULL CHECK (cardinality(operations) <= 32),
    set_by text NOT NULL,
    set_at timestamptz NOT NULL,
    UNIQUE (from_name, to_names)
);
