-- room: assist/problems
-- The class that a person gave a failure, beside the one that was read; the latest word counts.
CREATE TABLE problem_corrections (
    context_id text PRIMARY KEY REFERENCES problem_contexts (id),
    corrected_by text NOT NULL,
    category text NOT NULL,
    subcategory text NOT NULL,
    reason text NOT NULL,
    corrected_at timestamptz NOT NULL
);
