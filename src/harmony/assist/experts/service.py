"""The verbs of experts."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.experts import store
from harmony.assist.experts.errors import ExpertExists, ExpertUnknown, TimeZoneUnknown
from harmony.assist.experts.model import Expert, Profile, Skill
from harmony.commons.identity.service import find_principal
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.kernel.money import Amount, decimal
from harmony.kernel.paging import Page, encode_cursor
from harmony.messages.assist import ExpertRegistered, ReputationMoved

CANDIDATES_LIMIT = 500


async def register(uow: UnitOfWork, principal_id: str, profile: Profile) -> Expert:
    """A profile for a principal; a skill named twice counts as the stronger of the two."""
    check_zone(profile.availability.timezone)
    principal = await find_principal(uow.connection, principal_id)
    expert = Expert(
        id=uow.ids.new("expert"),
        principal_id=principal.id,
        name=principal.name,
        skills=_strongest(profile.skills),
        specializations=profile.specializations,
        platforms=profile.platforms,
        languages=profile.languages,
        availability=profile.availability,
        communication=profile.communication,
        registered_at=uow.now,
    )
    if not await store.add(uow, expert):
        earlier = await store.of_principal(uow.connection, principal.id)
        raise ExpertExists("this principal is registered", details={"expert_id": earlier.id if earlier else None})
    await append(uow, ExpertRegistered(expert.id, principal.id), subject=expert.id)
    return expert


def check_zone(name: str) -> None:
    """Refuse a time zone that the database of zones does not have."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # OSError: the name of a folder of the database is no zone either.
        raise TimeZoneUnknown("there is no such time zone", field="availability.timezone") from error


async def find_expert(connection: Connection, expert_id: str) -> Expert:
    found = await store.expert(connection, expert_id) if looks_like_id(expert_id, "expert") else None
    if found is None:
        raise ExpertUnknown("there is no such expert", field="expertId")
    return found


async def of_principal(connection: Connection, principal_id: str) -> Expert | None:
    return await store.of_principal(connection, principal_id)


async def list_experts(connection: Connection, before: str | None, limit: int) -> Page[Expert]:
    found = await store.experts(connection, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def candidates(
    connection: Connection, skills: Collection[str], *, but: str, among: Collection[str] | None
) -> list[Expert]:
    """Who knows something of ``skills`` (normal names), never the principal ``but``; at most ``CANDIDATES_LIMIT``."""
    return await store.with_skills(connection, skills, but, among, CANDIDATES_LIMIT)


async def rate(uow: UnitOfWork, expert_id: str, session_id: str, rating: int) -> None:
    """Count a session's rating, once a session."""
    await store.rate(uow, expert_id, session_id, rating)


async def credit(uow: UnitOfWork, expert_id: str, contribution_id: str, points: Amount) -> bool:
    """Move an expert's standing for a contribution, once; whether it moved."""
    moved = await store.credit(uow, expert_id, contribution_id, points)
    if moved:
        await append(uow, ReputationMoved(expert_id, contribution_id, decimal(points)), subject=expert_id)
    return moved


def _strongest(skills: tuple[Skill, ...]) -> tuple[Skill, ...]:
    by_name: dict[str, Skill] = {}
    for skill in skills:
        known = by_name.get(skill.name)
        if known is None or skill.strength > known.strength:
            by_name[skill.name] = skill
    return tuple(by_name[name] for name in sorted(by_name))
