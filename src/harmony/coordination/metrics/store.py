"""The SQL of metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.metrics.model import (
    QUANTILES,
    Drawn,
    Key,
    Labels,
    Latest,
    Point,
    Range,
    Sample,
    component_of,
)

_SERIES = """
INSERT INTO metric_series (component_id, component, name, labels, last_at, last_value)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::double precision[])
ON CONFLICT (component_id, name, labels) DO UPDATE SET last_at = greatest(metric_series.last_at, excluded.last_at)
RETURNING id, component_id, name, labels
"""
_LISTED = "SELECT component_id, component, name, labels, last_at, last_value FROM metric_series WHERE last_at > $1"
# What is behind a series' last value, for names that rules look at.
_RECENT = """
SELECT component_id, name, labels, at, value FROM (
SELECT r.component_id, r.name, r.labels, s.at, s.value
FROM metric_series r JOIN metric_samples s ON s.series_id = r.id
WHERE r.name = ANY ($1::text[]) AND s.at > $2 AND s.at <= $3
  AND ($4::text[] IS NULL OR r.component = ANY ($4) OR r.component_id = ANY ($4))
ORDER BY s.at DESC LIMIT $5
) AS newest ORDER BY at
"""
_MATCHING = """
SELECT id, component_id, component, name, labels FROM metric_series
WHERE ($1::text IS NULL OR component_id = $1) AND ($2::text IS NULL OR name = $2) AND last_at >= $3
ORDER BY component_id, name, labels LIMIT $4
"""
# Buckets of raw samples; ``lag`` looks at the sample before each, so that growth between two buckets is not lost.
_RAW = """
SELECT series_id, date_bin($4::interval, at, $2::timestamptz) AS bucket,
       count(*) AS many, sum(value) AS total, min(value) AS least,
       max(value) AS most, (array_agg(value ORDER BY at DESC))[1] AS last,
       coalesce(sum(CASE WHEN before IS NULL THEN 0 WHEN value >= before THEN value - before ELSE value END), 0)
           AS increase,
       percentile_cont($5) WITHIN GROUP (ORDER BY value) AS quantile
FROM (
    SELECT series_id, at, value, lag(value) OVER (PARTITION BY series_id ORDER BY at) AS before
    FROM metric_samples WHERE series_id = ANY ($1::bigint[]) AND at < $3
      AND at >= $2::timestamptz - interval '5 minutes'
) AS sampled
WHERE at >= $2 GROUP BY series_id, bucket ORDER BY series_id, bucket
"""
_ROLLED = """
SELECT series_id, date_bin($4::interval, at, $2::timestamptz) AS bucket,
       sum(many) AS many, sum(total) AS total, min(least) AS least,
       max(most) AS most, (array_agg(last ORDER BY at DESC))[1] AS last, sum(increase) AS increase,
       NULL::double precision AS quantile
FROM metric_rolls
WHERE seconds = $5 AND series_id = ANY ($1::bigint[]) AND at >= $2 AND at < $3
GROUP BY series_id, bucket ORDER BY series_id, bucket
"""
_UPTO = "SELECT upto FROM metric_rolled WHERE seconds = $1 FOR UPDATE SKIP LOCKED"
_FIRST = "INSERT INTO metric_rolled (seconds, upto) VALUES ($1, $2) ON CONFLICT DO NOTHING"
_OLDEST_SAMPLE = "SELECT min(at) FROM metric_samples"
_MOVE = "UPDATE metric_rolled SET upto = $2 WHERE seconds = $1"
_ROLL_MINUTES = """
INSERT INTO metric_rolls (seconds, series_id, at, many, total, least, most, last, increase)
SELECT 60, series_id, date_bin('1 minute', at, $1::timestamptz), count(*), sum(value), min(value), max(value),
       (array_agg(value ORDER BY at DESC))[1],
       coalesce(sum(CASE WHEN before IS NULL THEN 0 WHEN value >= before THEN value - before ELSE value END), 0)
FROM (
    SELECT series_id, at, value, lag(value) OVER (PARTITION BY series_id ORDER BY at) AS before
    FROM metric_samples WHERE at >= $1::timestamptz - interval '5 minutes' AND at < $2
) AS sampled
WHERE at >= $1 GROUP BY series_id, date_bin('1 minute', at, $1::timestamptz)
ON CONFLICT DO NOTHING
"""
_ROLL_HOURS = """
INSERT INTO metric_rolls (seconds, series_id, at, many, total, least, most, last, increase)
SELECT 3600, series_id, date_bin('1 hour', at, $1::timestamptz), sum(many), sum(total), min(least), max(most),
       (array_agg(last ORDER BY at DESC))[1], sum(increase)
FROM metric_rolls WHERE seconds = 60 AND at >= $1 AND at < $2
GROUP BY series_id, date_bin('1 hour', at, $1::timestamptz)
ON CONFLICT DO NOTHING
"""
_LAST_VALUES = """
UPDATE metric_series SET last_at = newest.at, last_value = newest.value
FROM (SELECT DISTINCT ON (series_id) series_id, at, value FROM metric_samples WHERE at >= $1
      ORDER BY series_id, at DESC) AS newest
WHERE metric_series.id = newest.series_id AND metric_series.last_at <= newest.at
"""
# So many at a time, so that no statement is long.
_FORGET_RAW = """
DELETE FROM metric_samples WHERE ctid = ANY (ARRAY(SELECT ctid FROM metric_samples WHERE at < $1 LIMIT $2))
"""
_FORGET_ROLLS = """
DELETE FROM metric_rolls WHERE ctid = ANY (ARRAY(SELECT ctid FROM metric_rolls WHERE seconds = $1 AND at < $2 LIMIT $3))
"""
_FORGET_SERIES = "DELETE FROM metric_series WHERE last_at < $1"


async def ensure_series(uow: UnitOfWork, samples: Mapping[Key, Sample]) -> dict[Key, int]:
    """The numbers of series, made where they are new; ``samples`` holds one of each."""
    keys = sorted(samples, key=lambda key: (key.component_id, key.name, key.labels))
    rows = await uow.connection.fetch(
        _SERIES,
        [key.component_id for key in keys],
        [component_of(key.component_id) for key in keys],
        [key.name for key in keys],
        [dict(key.labels) for key in keys],
        [samples[key].at for key in keys],
        [samples[key].value for key in keys],
    )
    return {_key(row): row["id"] for row in rows}


async def add(uow: UnitOfWork, rows: Sequence[tuple[int, datetime, float]]) -> None:
    await uow.connection.copy_records_to_table("metric_samples", records=rows, columns=("series_id", "at", "value"))


async def latest(connection: Connection, since: datetime) -> list[Latest]:
    rows = await connection.fetch(_LISTED, since)
    return [Latest(_key(row), row["component"], row["last_at"], row["last_value"]) for row in rows]


async def recent(
    connection: Connection,
    names: Sequence[str],
    after: datetime,
    upto: datetime,
    limit: int,
    components: Sequence[str] | None = None,
) -> list[Sample]:
    """Raw samples of the named metrics, oldest first; ``components`` are names or ids, None for all."""
    rows = await connection.fetch(_RECENT, list(names), after, upto, components, limit)
    return [Sample(_key(row), row["at"], row["value"]) for row in rows]


async def draw(
    connection: Connection, wanted: Range, component_id: str | None, name: str | None, limit: int
) -> list[Drawn]:
    series = await connection.fetch(_MATCHING, component_id, name, wanted.start, limit)
    ids = [row["id"] for row in series]
    step = timedelta(seconds=wanted.step_seconds)
    if wanted.source_seconds:
        rows = await connection.fetch(_ROLLED, ids, wanted.start, wanted.end, step, wanted.source_seconds)
    else:
        share = QUANTILES.get(wanted.function, 0.5)
        rows = await connection.fetch(_RAW, ids, wanted.start, wanted.end, step, share)
    points: dict[int, list[Point]] = {number: [] for number in ids}
    for row in rows:
        points[row["series_id"]].append(Point(row["bucket"], _value(row, wanted)))
    return [Drawn(_key(row), row["component"], tuple(points[row["id"]])) for row in series if points[row["id"]]]


async def rolled_upto(uow: UnitOfWork, seconds: int, first: datetime) -> datetime | None:
    """Up to where a level is made, held for this transaction; None when another holds it."""
    await uow.connection.execute(_FIRST, seconds, first)
    found: datetime | None = await uow.connection.fetchval(_UPTO, seconds)
    return found


async def oldest_sample(connection: Connection) -> datetime | None:
    found: datetime | None = await connection.fetchval(_OLDEST_SAMPLE)
    return found


async def roll(uow: UnitOfWork, seconds: int, begin: datetime, end: datetime) -> None:
    """Make the minutes or hours from ``begin`` to before ``end``, both on their edges."""
    await uow.connection.execute(_ROLL_MINUTES if seconds == 60 else _ROLL_HOURS, begin, end)
    if seconds == 60:
        await uow.connection.execute(_LAST_VALUES, begin)
    await uow.connection.execute(_MOVE, seconds, end)


async def forget(
    uow: UnitOfWork, raw: datetime, minutes: datetime, hours: datetime, series: datetime, limit: int
) -> bool:
    """Let go of what is older than each instant, ``limit`` rows of each; whether there may be more."""
    done = [
        await uow.connection.execute(_FORGET_RAW, raw, limit),
        await uow.connection.execute(_FORGET_ROLLS, 60, minutes, limit),
        await uow.connection.execute(_FORGET_ROLLS, 3_600, hours, limit),
    ]
    await uow.connection.execute(_FORGET_SERIES, series)
    return any(int(tag.rpartition(" ")[2]) >= limit for tag in done)


def _value(row: Any, wanted: Range) -> float:
    match wanted.function:
        case "avg":
            return float(row["total"]) / float(row["many"])
        case "min":
            return float(row["least"])
        case "max":
            return float(row["most"])
        case "last":
            return float(row["last"])
        case "rate":
            return float(row["increase"]) / wanted.step_seconds
        case "increase":
            return float(row["increase"])
        case _:
            return float(row["quantile"])


def _key(row: Any) -> Key:
    return Key(row["component_id"], row["name"], _labels(row["labels"]))


def _labels(found: Mapping[str, str]) -> Labels:
    return tuple(sorted(found.items()))
