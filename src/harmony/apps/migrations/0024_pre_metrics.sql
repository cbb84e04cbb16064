-- room: coordination/metrics
-- What is measured: a number of one component under one name and set of labels.
CREATE TABLE metric_series (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    component_id text NOT NULL,
    component text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    labels jsonb NOT NULL,
    last_at timestamptz NOT NULL,
    last_value double precision NOT NULL,
    UNIQUE (component_id, name, labels)
);
CREATE INDEX metric_series_component ON metric_series (component);
CREATE INDEX metric_series_last_at ON metric_series (last_at);

-- Soft state: written in batches a second after it was heard, not journalled, gone when its time is over.
CREATE TABLE metric_samples (
    series_id bigint NOT NULL,
    at timestamptz NOT NULL,
    value double precision NOT NULL
);
CREATE INDEX metric_samples_series ON metric_samples (series_id, at);
CREATE INDEX metric_samples_at ON metric_samples USING brin (at);

-- Minutes and hours: what is left of samples. ``increase`` is how far a counter grew, resets seen through.
CREATE TABLE metric_rolls (
    seconds integer NOT NULL CHECK (seconds IN (60, 3600)),
    series_id bigint NOT NULL,
    at timestamptz NOT NULL,
    many bigint NOT NULL,
    total double precision NOT NULL,
    least double precision NOT NULL,
    most double precision NOT NULL,
    last double precision NOT NULL,
    increase double precision NOT NULL,
    PRIMARY KEY (seconds, series_id, at)
);
CREATE INDEX metric_rolls_at ON metric_rolls (seconds, at);

-- Up to which instant minutes and hours have been made.
CREATE TABLE metric_rolled (
    seconds integer PRIMARY KEY,
    upto timestamptz NOT NULL
);
