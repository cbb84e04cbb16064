"""Which repositories are kept alike, on which remotes, and what is known of them."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.mirrors import store
from harmony.assist.mirrors.errors import RemoteExists, RemoteUnknown, RepositoryUnknown, TooMany
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.model import REMOTES_LIMIT, REPOSITORIES_LIMIT, Remote, Repository, Run, Standing
from harmony.commons.journal.service import append
from harmony.kernel.paging import Page, encode_cursor
from harmony.messages.assist import MirrorAdded, MirrorRemoved


async def add_repository(uow: UnitOfWork, name: str, branch: str) -> Repository:
    """Keep a repository alike from now on; the same name again gives the one that is there. Raises ``TooMany``."""
    await store.lock(uow)
    found = await store.repository(uow.connection, name)
    if found is not None:
        return found
    if await store.count(uow.connection) >= REPOSITORIES_LIMIT:
        raise TooMany(f"at most {REPOSITORIES_LIMIT} repositories are kept alike")
    await store.add(uow, name, branch)
    await append(uow, MirrorAdded(name, None), subject=name)
    return await find_repository(uow.connection, name)


async def remove_repository(uow: UnitOfWork, name: str) -> None:
    """Forget a repository and its runs; its remotes themselves are not touched."""
    if not await store.remove(uow, name):
        raise RepositoryUnknown("there is no such repository", field="repository")
    await append(uow, MirrorRemoved(name, None), subject=name)


async def add_remote(uow: UnitOfWork, git: Git, repository: str, name: str, url: str) -> Remote:
    """One more place; the same again changes nothing. Raises ``AddressRefused``, ``RemoteExists``, ``TooMany``."""
    await store.lock(uow)
    await find_repository(uow.connection, repository)
    git.check(url)
    remotes = {one.name: one for one in await store.remotes(uow.connection, repository)}
    if name in remotes:
        if remotes[name].url != url:
            raise RemoteExists("a remote of this name has another address", field="name")
        return remotes[name]
    if len(remotes) >= REMOTES_LIMIT:
        raise TooMany(f"a repository has at most {REMOTES_LIMIT} remotes")
    await store.add_remote(uow, repository, name, url)
    await append(uow, MirrorAdded(repository, name), subject=repository)
    return Remote(name, url)


async def remove_remote(uow: UnitOfWork, repository: str, name: str) -> None:
    await find_repository(uow.connection, repository)
    if not await store.remove_remote(uow, repository, name):
        raise RemoteUnknown("this repository has no such remote", field="remote")
    await append(uow, MirrorRemoved(repository, name), subject=repository)


async def find_repository(connection: Connection, name: str) -> Repository:
    found = await store.repository(connection, name) if name.isprintable() else None
    if found is None:
        raise RepositoryUnknown("there is no such repository", field="repository")
    return found


async def list_repositories(connection: Connection) -> list[Repository]:
    return await store.repositories(connection)


async def list_remotes(connection: Connection, repository: str) -> list[Remote]:
    return await store.remotes(connection, repository)


async def stand(connection: Connection, name: str) -> Standing:
    """How a repository stands. Raises ``RepositoryUnknown``."""
    found = await find_repository(connection, name)
    return Standing(
        found,
        tuple(await store.remotes(connection, name)),
        await store.last_run(connection, name),
        await store.last_proof(connection, name),
    )


async def list_runs(connection: Connection, name: str, before: str | None, limit: int) -> Page[Run]:
    """Newest first. Raises ``RepositoryUnknown``."""
    await find_repository(connection, name)
    found = await store.runs(connection, name, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def count_runs(connection: Connection) -> tuple[int, int]:
    """All runs there were, and how many of them failed."""
    return await store.totals(connection)
