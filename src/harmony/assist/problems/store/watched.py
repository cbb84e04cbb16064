"""Settings, budgets, watched runs and alarms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems.stuck.delivery import AlarmBudget, Mode
from harmony.assist.problems.stuck.model import Line, Privacy, Remedy
from harmony.assist.problems.watched import Alarm, Answer, RunSource, Settings, WatchedRun

# One person's watching is judged one transaction after the other: order, budget and ladder hold.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('detection ' || $1, 0))"

_SETTINGS = """
SELECT user_id, mode, privacy, alarms_a_day, digest_hour, timezone, updated_at FROM detection_settings
WHERE user_id = $1
"""
_SET = """
INSERT INTO detection_settings (user_id, mode, privacy, alarms_a_day, digest_hour, timezone, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (user_id) DO UPDATE SET mode = excluded.mode, privacy = excluded.privacy,
    alarms_a_day = excluded.alarms_a_day, digest_hour = excluded.digest_hour, timezone = excluded.timezone,
    updated_at = excluded.updated_at
"""
_BUDGET = "SELECT sounded, strikes FROM detection_budgets WHERE user_id = $1"
_SPEND = """
INSERT INTO detection_budgets (user_id, sounded, strikes) VALUES ($1, $2, $3)
ON CONFLICT (user_id) DO UPDATE SET sounded = excluded.sounded, strikes = excluded.strikes
"""

_RUN_COLUMNS = "id, user_id, source, name, privacy, salt, state, events, rung, spoken_at, alarm_id, begun_at, seen_at"
_RUN = f"SELECT {_RUN_COLUMNS} FROM detection_runs WHERE user_id = $1 AND source = $2 AND name = $3"
_RUN_BY_ID = f"SELECT {_RUN_COLUMNS} FROM detection_runs WHERE user_id = $1 AND id = $2"
_RUNS = f"SELECT {_RUN_COLUMNS} FROM detection_runs WHERE user_id = $1 ORDER BY seen_at DESC, id DESC"
_KEEP_RUN = f"""
INSERT INTO detection_runs ({_RUN_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, events = excluded.events, rung = excluded.rung,
    spoken_at = excluded.spoken_at, alarm_id = excluded.alarm_id, seen_at = excluded.seen_at
"""
_CROWDED = """
DELETE FROM detection_runs WHERE id IN (
    SELECT id FROM detection_runs WHERE user_id = $1 AND id <> $3 ORDER BY seen_at DESC, id DESC OFFSET $2 - 1
)
"""
_FORGET_RUN = "DELETE FROM detection_runs WHERE user_id = $1 AND id = $2 RETURNING true"
_FORGET_RUNS = "DELETE FROM detection_runs WHERE user_id = $1"
_SILENT = "DELETE FROM detection_runs WHERE privacy = $1 AND seen_at < $2"
# Of those that were never had before, in the order in which they came.
_KNOWN_EVENTS = "SELECT event FROM detection_events WHERE run_id = $1 AND event = ANY($2)"
_KEEP_EVENTS = """
INSERT INTO detection_events (run_id, event, place)
SELECT $1, event, $3 + place FROM unnest($2::bytea[]) WITH ORDINALITY AS given (event, place)
"""
_OLD_EVENTS = "DELETE FROM detection_events WHERE run_id = $1 AND place <= $2"

_ALARM_COLUMNS = """
id, user_id, source, subject, kind, confidence_percent, rounds, obstacle, remedy, state, lines, context_id, raised_at,
told_at, sounded_at, answer, answered_at
"""
_KEEP_ALARM = f"""
INSERT INTO detection_alarms ({_ALARM_COLUMNS})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, confidence_percent = excluded.confidence_percent,
    rounds = excluded.rounds, obstacle = excluded.obstacle, remedy = excluded.remedy, state = excluded.state,
    lines = excluded.lines, context_id = excluded.context_id, told_at = excluded.told_at,
    sounded_at = excluded.sounded_at, answer = excluded.answer, answered_at = excluded.answered_at
"""
_ALARM = f"SELECT {_ALARM_COLUMNS} FROM detection_alarms WHERE user_id = $1 AND id = $2"
_ALARMS = f"""
SELECT {_ALARM_COLUMNS} FROM detection_alarms
WHERE user_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
"""
_ANSWERS = """
SELECT count(*) FILTER (WHERE answer = 'right') AS rights, count(*) FILTER (WHERE answer = 'wrong') AS wrongs
FROM detection_alarms WHERE user_id = $1 AND kind = $2 AND answered_at >= $3
"""
_WAITING = """
SELECT user_id, min(raised_at) AS since FROM detection_alarms WHERE state = 'held' AND user_id > $1
GROUP BY user_id ORDER BY user_id LIMIT $2
"""
_HELD = f"SELECT {_ALARM_COLUMNS} FROM detection_alarms WHERE user_id = $1 AND state = 'held' ORDER BY id"
_SILENCE_ALARMS = "UPDATE detection_alarms SET lines = '[]'::jsonb WHERE user_id = $1 AND lines <> '[]'::jsonb"
_RUN_FIGURES = """
SELECT source, count(*) AS runs, count(DISTINCT user_id) AS people, coalesce(sum(events), 0)::bigint AS events,
    count(alarm_id) AS stuck
FROM detection_runs GROUP BY source ORDER BY source
"""
_ALARM_FIGURES = """
SELECT source, kind, state, count(*) AS alarms, count(*) FILTER (WHERE answer = 'right') AS called_right,
    count(*) FILTER (WHERE answer = 'wrong') AS called_wrong
FROM detection_alarms GROUP BY source, kind, state ORDER BY source, kind, state
"""
_OLD_ALARMS = "DELETE FROM detection_alarms WHERE raised_at < $1"


async def one_at_a_time(uow: UnitOfWork, user_id: str) -> None:
    """Wait until no other transaction watches, or sets, for this person."""
    await uow.connection.execute(_ONE_AT_A_TIME, user_id)


async def settings(connection: Connection, user_id: str) -> Settings:
    """The person's own, or the defaults."""
    row = await connection.fetchrow(_SETTINGS, user_id)
    if row is None:
        return Settings(user_id)
    return Settings(**{**row, "mode": Mode(row["mode"]), "privacy": Privacy(row["privacy"])})


async def set_settings(uow: UnitOfWork, chosen: Settings) -> None:
    await uow.connection.execute(
        _SET,
        chosen.user_id,
        chosen.mode.value,
        chosen.privacy.value,
        chosen.alarms_a_day,
        chosen.digest_hour,
        chosen.timezone,
        chosen.updated_at,
    )


async def budget(connection: Connection, of: Settings) -> AlarmBudget:
    row = await connection.fetchrow(_BUDGET, of.user_id)
    if row is None:
        return AlarmBudget(of.alarms_a_day)
    return AlarmBudget(of.alarms_a_day, tuple(row["sounded"]), row["strikes"])


async def spend(uow: UnitOfWork, user_id: str, left: AlarmBudget) -> None:
    await uow.connection.execute(_SPEND, user_id, list(left.sounded), left.strikes)


async def run(connection: Connection, user_id: str, source: RunSource, name: str) -> WatchedRun | None:
    return _run(await connection.fetchrow(_RUN, user_id, source, name))


async def run_by_id(connection: Connection, user_id: str, run_id: str) -> WatchedRun | None:
    return _run(await connection.fetchrow(_RUN_BY_ID, user_id, run_id))


async def runs(connection: Connection, user_id: str) -> list[WatchedRun]:
    return [found for row in await connection.fetch(_RUNS, user_id) if (found := _run(row)) is not None]


async def keep_run(uow: UnitOfWork, kept: WatchedRun, limit: int) -> None:
    """Keep a run as it is now, and of the person's others the ``limit - 1`` that spoke last."""
    await uow.connection.execute(
        _KEEP_RUN,
        kept.id,
        kept.user_id,
        kept.source,
        kept.name,
        kept.privacy.value,
        kept.salt,
        kept.state,
        kept.events,
        kept.rung,
        kept.spoken_at,
        kept.alarm_id,
        kept.begun_at,
        kept.seen_at,
    )
    await uow.connection.execute(_CROWDED, kept.user_id, limit, kept.id)


async def forget_run(uow: UnitOfWork, user_id: str, run_id: str) -> bool:
    return bool(await uow.connection.fetchval(_FORGET_RUN, user_id, run_id))


async def forget_runs(uow: UnitOfWork, user_id: str) -> None:
    await uow.connection.execute(_FORGET_RUNS, user_id)


async def forget_silent(uow: UnitOfWork, privacy: Privacy, before: datetime) -> None:
    await uow.connection.execute(_SILENT, privacy.value, before)


async def known_events(connection: Connection, run_id: str, events: Iterable[bytes]) -> set[bytes]:
    """Those of ``events`` that the run has had."""
    return {bytes(row["event"]) for row in await connection.fetch(_KNOWN_EVENTS, run_id, list(events))}


async def keep_events(uow: UnitOfWork, run_id: str, events: list[bytes], before: int, limit: int) -> None:
    """Remember what a run that had ``before`` events has had now: the newest ``limit``."""
    await uow.connection.execute(_KEEP_EVENTS, run_id, events, before)
    await uow.connection.execute(_OLD_EVENTS, run_id, before + len(events) - limit)


async def keep_alarm(uow: UnitOfWork, alarm: Alarm) -> None:
    await uow.connection.execute(
        _KEEP_ALARM,
        alarm.id,
        alarm.user_id,
        alarm.source,
        alarm.subject,
        alarm.kind,
        alarm.confidence_percent,
        alarm.rounds,
        alarm.obstacle,
        alarm.remedy.value,
        alarm.state,
        [asdict(line) for line in alarm.lines],
        alarm.context_id,
        alarm.raised_at,
        alarm.told_at,
        alarm.sounded_at,
        alarm.answer,
        alarm.answered_at,
    )


async def alarm(connection: Connection, user_id: str, alarm_id: str) -> Alarm | None:
    row = await connection.fetchrow(_ALARM, user_id, alarm_id)
    return None if row is None else _alarm(row)


async def alarms(connection: Connection, user_id: str, before: str | None, limit: int) -> list[Alarm]:
    return [_alarm(row) for row in await connection.fetch(_ALARMS, user_id, before, limit)]


async def answers(connection: Connection, user_id: str, kind: str, since: datetime) -> dict[Answer, int]:
    """How often the person called an alarm of this kind right, and how often wrong."""
    (row,) = await connection.fetch(_ANSWERS, user_id, kind, since)
    return {"right": row["rights"], "wrong": row["wrongs"]}


async def waiting(connection: Connection, after: str, limit: int) -> list[tuple[str, datetime]]:
    """Who has alarms that are held for a digest, and since when; by id, those after ``after``."""
    return [(row["user_id"], row["since"]) for row in await connection.fetch(_WAITING, after, limit)]


async def held(connection: Connection, user_id: str) -> list[Alarm]:
    return [_alarm(row) for row in await connection.fetch(_HELD, user_id)]


async def silence_alarms(uow: UnitOfWork, user_id: str) -> None:
    """Take the evidence out of every alarm of a person."""
    await uow.connection.execute(_SILENCE_ALARMS, user_id)


async def run_figures(connection: Connection) -> list[dict[str, Any]]:
    """For each source: runs, the people they belong to, their events, how many are stuck now."""
    return [dict(row) for row in await connection.fetch(_RUN_FIGURES)]


async def alarm_figures(connection: Connection) -> list[dict[str, Any]]:
    """For each source, kind and state: alarms, and how often their users called them right and wrong."""
    return [dict(row) for row in await connection.fetch(_ALARM_FIGURES)]


async def forget_alarms(uow: UnitOfWork, kept: timedelta) -> None:
    await uow.connection.execute(_OLD_ALARMS, uow.now - kept)


def _run(row: Any) -> WatchedRun | None:
    if row is None:
        return None
    return WatchedRun(**{**row, "privacy": Privacy(row["privacy"]), "salt": bytes(row["salt"])})


def _alarm(row: Any) -> Alarm:
    lines = tuple(Line(**line) for line in row["lines"])
    return Alarm(**{**row, "remedy": Remedy(row["remedy"]), "lines": lines})
