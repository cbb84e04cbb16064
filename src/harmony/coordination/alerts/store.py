"""The SQL of alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.alerts.rules import (
    SETTLE_LIMIT_SECONDS,
    SETTLE_SECONDS,
    Alert,
    Match,
    MuteTime,
    Place,
    Rule,
    Silence,
)

_COLUMNS = """id, rule, target, told_apart, labels, state, value, since, fired_at, false_since, ended_at, group_key,
    summary, told_at, reminded_at, end_told_at, trace"""

_RULES = "SELECT name, definition, built_in, version FROM alert_rules ORDER BY name"
_LOCK_RULES = "SELECT pg_advisory_xact_lock(hashtext('alert_rules'))"
_SAVE_RULE = """
INSERT INTO alert_rules (name, definition, built_in, version, changed_by, changed_at) VALUES ($1, $2, $3, 1, $4, $5)
ON CONFLICT (name) DO UPDATE
    SET definition = $2, version = alert_rules.version + 1, changed_by = $4, changed_at = $5
RETURNING version
"""
_REMOVE_RULE = "DELETE FROM alert_rules WHERE name = $1 AND NOT built_in RETURNING true"
_RULES_VERSION = "SELECT count(*), coalesce(sum(version), 0), max(changed_at) FROM alert_rules"
_ACTIVE = f"SELECT {_COLUMNS} FROM alert_instances WHERE state IN ('pending', 'firing') ORDER BY id"
_ACTIVE_OF = f"""
SELECT {_COLUMNS} FROM alert_instances
WHERE state IN ('pending', 'firing') AND rule = $1 AND ($2::text IS NULL OR target = $2) FOR UPDATE
"""
_ADD = f"""
INSERT INTO alert_instances ({_COLUMNS})
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::jsonb[], $6::text[], $7::double precision[],
    $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::text[],
    $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::text[])
ON CONFLICT (rule, target, told_apart) WHERE state IN ('pending', 'firing') DO NOTHING
RETURNING id
"""
# Only what is still as it was when it was looked at.
_MOVE = """
UPDATE alert_instances AS a
SET state = m.state, value = m.value, fired_at = m.fired_at, false_since = m.false_since, ended_at = m.ended_at
FROM unnest($1::text[], $2::text[], $3::text[], $4::double precision[], $5::timestamptz[], $6::timestamptz[],
            $7::timestamptz[]) AS m (id, before, state, value, fired_at, false_since, ended_at)
WHERE a.id = m.id AND a.state = m.before
RETURNING a.id
"""
# A group is due once it has been quiet for a moment, at the latest after a while, and not too soon after its last word.
_DUE = """
INSERT INTO alert_groups (key, title, channels, interval_seconds, repeat_seconds, first_at, due_at)
SELECT key, title, string_to_array(channels, ','), interval_seconds, repeat_seconds, $6::timestamptz,
    $6::timestamptz + $7::interval
FROM unnest($1::text[], $2::text[], $3::text[], $4::double precision[], $5::double precision[])
     AS due (key, title, channels, interval_seconds, repeat_seconds)
ON CONFLICT (key) DO UPDATE SET
    interval_seconds = excluded.interval_seconds, repeat_seconds = excluded.repeat_seconds,
    first_at = coalesce(alert_groups.first_at, $6::timestamptz),
    due_at = greatest(least(coalesce(alert_groups.first_at, $6::timestamptz) + $8::interval,
                            $6::timestamptz + $7::interval),
                      alert_groups.told_at + make_interval(secs => excluded.interval_seconds))
"""
_NEXT_DUE = "SELECT min(due_at) FROM alert_groups"
_TAKE_GROUP = """
SELECT key, title, channels, interval_seconds, repeat_seconds, messages FROM alert_groups
WHERE due_at <= $1 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_OF_GROUP = f"""
SELECT {_COLUMNS} FROM alert_instances
WHERE group_key = $1 AND (state = 'firing' OR (state = 'resolved' AND told_at IS NOT NULL AND end_told_at IS NULL))
ORDER BY id FOR UPDATE
"""
_FIRING_LABELS = "SELECT labels FROM alert_instances WHERE state = 'firing' AND rule = ANY ($1::text[])"
_TOLD = "UPDATE alert_instances SET told_at = $2 WHERE id = ANY ($1::text[]) AND told_at IS NULL"
_END_TOLD = "UPDATE alert_instances SET end_told_at = $2 WHERE id = ANY ($1::text[]) AND end_told_at IS NULL"
_REMINDED = "UPDATE alert_instances SET reminded_at = $2 WHERE id = ANY ($1::text[])"
_SETTLE_GROUP = """
UPDATE alert_groups SET first_at = NULL, due_at = $2, told_at = coalesce($3, told_at),
    messages = messages + ($3::timestamptz IS NOT NULL)::integer
WHERE key = $1
"""
_LISTED = f"""
SELECT {_COLUMNS} FROM alert_instances
WHERE ($1::text[] IS NULL OR state = ANY ($1)) AND ($2::text IS NULL OR rule = $2) AND ($3::text IS NULL OR id < $3)
ORDER BY id DESC LIMIT $4
"""
_ADD_SILENCE = """
INSERT INTO alert_silences (id, matchers, begins_at, ends_at, reason, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_SILENCES = """
SELECT id, matchers, begins_at, ends_at, reason, created_by FROM alert_silences WHERE ends_at > $1 ORDER BY id
"""
_END_SILENCE = "UPDATE alert_silences SET ends_at = $2 WHERE id = $1 AND ends_at > $2 RETURNING true"
_FORGET_ALERTS = "DELETE FROM alert_instances WHERE ended_at < $1 AND (told_at IS NULL OR end_told_at IS NOT NULL)"
_FORGET_SILENCES = "DELETE FROM alert_silences WHERE ends_at < $1"
_FORGET_GROUPS = """
DELETE FROM alert_groups AS g WHERE g.due_at IS NULL AND g.told_at < $1
    AND NOT EXISTS (SELECT 1 FROM alert_instances AS a WHERE a.group_key = g.key AND a.state = 'firing')
"""


@dataclass(frozen=True, slots=True)
class Group:
    """A group that is due."""

    key: str
    title: str
    channels: tuple[str, ...]
    interval_seconds: float
    repeat_seconds: float | None
    messages: int


async def rules(connection: Connection) -> list[Rule]:
    return [_rule(row) for row in await connection.fetch(_RULES)]


async def rules_version(connection: Connection) -> tuple[Any, ...]:
    """Changes whenever a rule does."""
    row = await connection.fetchrow(_RULES_VERSION)
    return tuple(row or ())


async def lock_rules(uow: UnitOfWork) -> None:
    await uow.connection.execute(_LOCK_RULES)


async def save_rule(uow: UnitOfWork, rule: Rule) -> int:
    found = await uow.connection.fetchval(_SAVE_RULE, rule.name, _definition(rule), rule.built_in, uow.actor, uow.now)
    return int(found)


async def remove_rule(uow: UnitOfWork, name: str) -> bool:
    return bool(await uow.connection.fetchval(_REMOVE_RULE, name))


async def active(connection: Connection) -> list[Alert]:
    return [_alert(row) for row in await connection.fetch(_ACTIVE)]


async def active_of(uow: UnitOfWork, rule: str, target: str | None) -> list[Alert]:
    """The active alerts of a rule (for one target), locked."""
    return [_alert(row) for row in await uow.connection.fetch(_ACTIVE_OF, rule, target)]


async def add(uow: UnitOfWork, alerts: Sequence[Alert]) -> set[str]:
    """The ids of those that were added: one active alert a place."""
    columns = [list(column) for column in zip(*(_row(alert) for alert in alerts), strict=True)]
    return {row["id"] for row in await uow.connection.fetch(_ADD, *columns)}


async def move(uow: UnitOfWork, moves: Sequence[tuple[Alert, Alert]]) -> set[str]:
    """The ids of those that were still as they were."""
    rows = await uow.connection.fetch(
        _MOVE,
        [after.id for _, after in moves],
        [before.state for before, _ in moves],
        [after.state for _, after in moves],
        [after.value for _, after in moves],
        [after.fired_at for _, after in moves],
        [after.false_since for _, after in moves],
        [after.ended_at for _, after in moves],
    )
    return {row["id"] for row in rows}


async def make_due(uow: UnitOfWork, groups: dict[str, tuple[str, Rule]]) -> None:
    """There is something to tell of these groups: title and rule by key."""
    if not groups:
        return
    await uow.connection.execute(
        _DUE,
        list(groups),
        [title for title, _ in groups.values()],
        [",".join(sorted(rule.channels)) for _, rule in groups.values()],
        [rule.group_interval_seconds for _, rule in groups.values()],
        [rule.repeat_seconds for _, rule in groups.values()],
        uow.now,
        timedelta(seconds=SETTLE_SECONDS),
        timedelta(seconds=SETTLE_LIMIT_SECONDS),
    )


async def next_due(connection: Connection) -> datetime | None:
    found: datetime | None = await connection.fetchval(_NEXT_DUE)
    return found


async def take_group(uow: UnitOfWork) -> Group | None:
    row = await uow.connection.fetchrow(_TAKE_GROUP, uow.now)
    if row is None:
        return None
    channels = tuple(one for one in row["channels"] if one)
    return Group(row["key"], row["title"], channels, row["interval_seconds"], row["repeat_seconds"], row["messages"])


async def of_group(uow: UnitOfWork, key: str) -> list[Alert]:
    """Those of a group that fire or whose end is still to be told, locked."""
    return [_alert(row) for row in await uow.connection.fetch(_OF_GROUP, key)]


async def firing_labels(connection: Connection, names: Sequence[str]) -> list[dict[str, str]]:
    return [row["labels"] for row in await connection.fetch(_FIRING_LABELS, list(names))]


async def mark_told(uow: UnitOfWork, fired: Sequence[str], ended: Sequence[str], reminded: Sequence[str]) -> None:
    for statement, ids in ((_TOLD, fired), (_END_TOLD, ended), (_REMINDED, reminded)):
        if ids:
            await uow.connection.execute(statement, list(ids), uow.now)


async def settle_group(uow: UnitOfWork, key: str, due_at: datetime | None, told_at: datetime | None) -> None:
    await uow.connection.execute(_SETTLE_GROUP, key, due_at, told_at)


async def listed(
    connection: Connection, states: Sequence[str] | None, rule: str | None, before: str | None, limit: int
) -> list[Alert]:
    """Newest first."""
    wanted = list(states) if states else None
    return [_alert(row) for row in await connection.fetch(_LISTED, wanted, rule, before, limit)]


async def add_silence(uow: UnitOfWork, silence: Silence) -> None:
    matchers = {match.label: match.value for match in silence.matchers}
    await uow.connection.execute(
        _ADD_SILENCE,
        silence.id,
        matchers,
        silence.begins_at,
        silence.ends_at,
        silence.reason,
        silence.created_by,
        uow.now,
    )


async def silences(connection: Connection, now: datetime) -> list[Silence]:
    """Those that stand or will begin."""
    return [
        Silence(
            row["id"],
            tuple(Match(label, value) for label, value in row["matchers"].items()),
            row["begins_at"],
            row["ends_at"],
            row["reason"],
            row["created_by"],
        )
        for row in await connection.fetch(_SILENCES, now)
    ]


async def end_silence(uow: UnitOfWork, silence_id: str) -> bool:
    return bool(await uow.connection.fetchval(_END_SILENCE, silence_id, uow.now))


async def forget(uow: UnitOfWork, before: datetime) -> None:
    """Alerts that ended, silences and groups that are over since an instant."""
    for statement in (_FORGET_ALERTS, _FORGET_SILENCES, _FORGET_GROUPS):
        await uow.connection.execute(statement, before)


def _definition(rule: Rule) -> dict[str, Any]:
    found = asdict(rule)
    for name in ("name", "built_in", "version"):
        del found[name]
    found["mute_times"] = [
        {"days": one.days, "begins": one.begins.isoformat(), "ends": one.ends.isoformat(), "zone": one.zone}
        for one in rule.mute_times
    ]
    return found


def _rule(row: Any) -> Rule:
    kept = dict(row["definition"])
    for name in ("components", "channels", "by", "group_by"):
        kept[name] = tuple(kept[name])
    kept["mute_times"] = tuple(
        MuteTime(tuple(one["days"]), time.fromisoformat(one["begins"]), time.fromisoformat(one["ends"]), one["zone"])
        for one in kept["mute_times"]
    )
    return Rule(name=row["name"], built_in=row["built_in"], version=row["version"], **kept)


def _row(alert: Alert) -> tuple[Any, ...]:
    return (
        alert.id,
        alert.place.rule,
        alert.place.target,
        dict(alert.place.told_apart),
        dict(alert.labels),
        alert.state,
        alert.value,
        alert.since,
        alert.fired_at,
        alert.false_since,
        alert.ended_at,
        alert.group_key,
        alert.summary,
        alert.told_at,
        alert.reminded_at,
        alert.end_told_at,
        alert.trace,
    )


def _alert(row: Any) -> Alert:
    return Alert(
        id=row["id"],
        place=Place(row["rule"], row["target"], tuple(sorted(row["told_apart"].items()))),
        state=row["state"],
        since=row["since"],
        labels=row["labels"],
        group_key=row["group_key"],
        summary=row["summary"],
        trace=row["trace"],
        value=row["value"],
        fired_at=row["fired_at"],
        false_since=row["false_since"],
        ended_at=row["ended_at"],
        told_at=row["told_at"],
        reminded_at=row["reminded_at"],
        end_told_at=row["end_told_at"],
    )
