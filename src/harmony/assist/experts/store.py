"""Experts' SQL."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.experts.model import (
    Absence,
    Availability,
    Communication,
    Expert,
    Skill,
    Slot,
    SpokenLanguage,
    Standing,
)
from harmony.kernel.money import REPUTATION, Amount

_ADD = """
INSERT INTO experts (id, principal_id, name, specializations, platforms, languages, availability, communication,
                     registered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (principal_id) DO NOTHING RETURNING true
"""
_ADD_SKILL = "INSERT INTO expert_skills (expert_id, skill, shown, level, years) VALUES ($1, $2, $3, $4, $5)"
_COLUMNS = """
e.id, e.principal_id, e.name, e.specializations, e.platforms, e.languages, e.availability, e.communication,
e.registered_at,
(SELECT jsonb_agg(jsonb_build_array(s.skill, s.shown, s.level, s.years) ORDER BY s.skill)
 FROM expert_skills s WHERE s.expert_id = e.id) AS skills,
(SELECT count(*) FROM expert_ratings r WHERE r.expert_id = e.id) AS sessions,
(SELECT coalesce(sum(r.rating), 0) FROM expert_ratings r WHERE r.expert_id = e.id) AS stars,
(SELECT coalesce(sum(p.points_minor), 0) FROM reputation_entries p WHERE p.expert_id = e.id)::bigint AS points_minor
"""
_EXPERT = f"SELECT {_COLUMNS} FROM experts e WHERE e.id = $1"
_OF_PRINCIPAL = f"SELECT {_COLUMNS} FROM experts e WHERE e.principal_id = $1"
_EXPERTS = f"SELECT {_COLUMNS} FROM experts e WHERE ($1::text IS NULL OR e.id < $1) ORDER BY e.id DESC LIMIT $2"
# Who knows one of these skills, those who know most of them first; only the named principals, when some are named.
_WITH_SKILLS = f"""
SELECT {_COLUMNS} FROM experts e
JOIN (SELECT expert_id, count(*) AS many FROM expert_skills WHERE skill = ANY ($1) GROUP BY expert_id) AS fitting
  ON fitting.expert_id = e.id
WHERE e.principal_id <> $2 AND ($3::text[] IS NULL OR e.principal_id = ANY ($3))
ORDER BY fitting.many DESC, e.id LIMIT $4
"""
_RATE = """
INSERT INTO expert_ratings (session_id, expert_id, rating, given_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (session_id) DO NOTHING
"""
_CREDIT = """
INSERT INTO reputation_entries (contribution_id, expert_id, points_minor, entered_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (contribution_id) DO NOTHING RETURNING true
"""


async def add(uow: UnitOfWork, expert: Expert) -> bool:
    """False when the principal has a profile."""
    added = await uow.connection.fetchval(
        _ADD,
        expert.id,
        expert.principal_id,
        expert.name,
        list(expert.specializations),
        list(expert.platforms),
        [asdict(language) for language in expert.languages],
        _availability_json(expert.availability),
        asdict(expert.communication),
        expert.registered_at,
    )
    if added:
        rows = [(expert.id, skill.name, skill.shown, skill.level, skill.years) for skill in expert.skills]
        await uow.connection.executemany(_ADD_SKILL, rows)
    return bool(added)


async def expert(connection: Connection, expert_id: str) -> Expert | None:
    row = await connection.fetchrow(_EXPERT, expert_id)
    return None if row is None else _expert(row)


async def of_principal(connection: Connection, principal_id: str) -> Expert | None:
    row = await connection.fetchrow(_OF_PRINCIPAL, principal_id)
    return None if row is None else _expert(row)


async def experts(connection: Connection, before: str | None, limit: int) -> list[Expert]:
    return [_expert(row) for row in await connection.fetch(_EXPERTS, before, limit)]


async def with_skills(
    connection: Connection, skills: Collection[str], but: str, among: Collection[str] | None, limit: int
) -> list[Expert]:
    only = None if among is None else list(among)
    return [_expert(row) for row in await connection.fetch(_WITH_SKILLS, list(skills), but, only, limit)]


async def rate(uow: UnitOfWork, expert_id: str, session_id: str, rating: int) -> None:
    await uow.connection.execute(_RATE, session_id, expert_id, rating, uow.now)


async def credit(uow: UnitOfWork, expert_id: str, contribution_id: str, points: Amount) -> bool:
    """False when the contribution has been counted."""
    return bool(await uow.connection.fetchval(_CREDIT, contribution_id, expert_id, points.minor, uow.now))


def _availability_json(availability: Availability) -> dict[str, Any]:
    return {
        "timezone": availability.timezone,
        "schedule": [[slot.day, slot.start.isoformat(), slot.end.isoformat()] for slot in availability.schedule],
        "max_weekly_hours": availability.max_weekly_hours,
        "absences": [[a.start.isoformat(), a.end.isoformat()] for a in availability.absences],
    }


def _availability(found: dict[str, Any]) -> Availability:
    return Availability(
        timezone=found["timezone"],
        schedule=tuple(
            Slot(day, time.fromisoformat(start), time.fromisoformat(end)) for day, start, end in found["schedule"]
        ),
        max_weekly_hours=found["max_weekly_hours"],
        absences=tuple(
            Absence(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in found["absences"]
        ),
    )


def _expert(row: Any) -> Expert:
    communication = row["communication"]
    return Expert(
        id=row["id"],
        principal_id=row["principal_id"],
        name=row["name"],
        skills=tuple(Skill(*skill) for skill in row["skills"] or ()),
        specializations=tuple(row["specializations"]),
        platforms=tuple(row["platforms"]),
        languages=tuple(SpokenLanguage(**language) for language in row["languages"]),
        availability=_availability(row["availability"]),
        communication=Communication(tuple(communication["channels"]), communication["response_time"]),
        registered_at=row["registered_at"],
        standing=Standing(row["sessions"], row["stars"], Amount(row["points_minor"], REPUTATION)),
    )
