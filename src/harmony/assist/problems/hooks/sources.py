"""The verbs of sources: somebody lets a CI service send web hooks, changes the secret, takes the leave back."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems.errors import SourceUnknown, TooManySources
from harmony.assist.problems.pipelines import SOURCES_LIMIT_ITEMS, CiSource, Provider
from harmony.assist.problems.store import pipelines as store
from harmony.assist.problems.store.watched import one_at_a_time
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.messages.assist import CiSourceAdded, CiSourceRemoved, CiSourceRenewed

PREFIX = "ci-source"


async def add(uow: UnitOfWork, user_id: str, provider: Provider, name: str, key_id: str) -> CiSource:
    """A new source, its secret derived from the key ``key_id``."""
    await one_at_a_time(uow, user_id)
    if len(await store.sources(uow.connection, user_id)) >= SOURCES_LIMIT_ITEMS:
        raise TooManySources(f"a person has at most {SOURCES_LIMIT_ITEMS} sources")
    source = CiSource(uow.ids.new(PREFIX), user_id, provider, name, key_id, 1, uow.now)
    await store.add_source(uow, source)
    await append(uow, CiSourceAdded(source.id, user_id, provider), subject=source.id)
    return source


async def list_sources(connection: Connection, user_id: str) -> list[CiSource]:
    return await store.sources(connection, user_id)


async def renew(uow: UnitOfWork, user_id: str, source_id: str, key_id: str) -> CiSource:
    """The source with a new secret; the one before is refused from now on."""
    found = await store.renew(uow, source_id, user_id, key_id) if looks_like_id(source_id, PREFIX) else None
    if found is None:
        raise SourceUnknown("you have no such source", field="sourceId")
    await append(uow, CiSourceRenewed(found.id, user_id, found.generation), subject=found.id)
    return found


async def remove(uow: UnitOfWork, user_id: str, source_id: str) -> None:
    """With all that it delivered; the alarms stay."""
    if not looks_like_id(source_id, PREFIX) or not await store.remove(uow, source_id, user_id):
        raise SourceUnknown("you have no such source", field="sourceId")
    await append(uow, CiSourceRemoved(source_id, user_id), subject=source_id)


async def find(connection: Connection, source_id: str) -> CiSource | None:
    """The source of a web hook, whoever owns it."""
    return await store.source(connection, source_id) if looks_like_id(source_id, PREFIX) else None
