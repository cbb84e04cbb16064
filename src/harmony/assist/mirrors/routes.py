"""Mirrors over HTTP: echo-git-sync's calls."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.mirrors import service
from harmony.assist.mirrors.errors import RequestUnknown
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.schemas import (
    AddRemote,
    AddRepository,
    AskedOver,
    AskSync,
    Gone,
    RemoteView,
    RepositoryList,
    RepositoryView,
    RunList,
    RunView,
    SyncStatus,
)
from harmony.assist.mirrors.sync import Wanted, sync
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, position
from harmony.commons.identity.edge import Edge, requires

Name = Annotated[str, Path(max_length=64)]
MANAGE = "mirrors.manage"

router = APIRouter(tags=["mirrors"])


@router.get("/sync-status", response_model=SyncStatus)
async def sync_status(
    edge: Annotated[Edge, requires("mirrors.read")],
    repository: Annotated[str | None, Query(max_length=64)] = None,
) -> SyncStatus:
    """How a repository stands; without a name the first one."""
    async with edge.reading() as connection:
        return await _status(connection, repository)


@router.get("/repositories", response_model=RepositoryList)
async def list_repositories(edge: Annotated[Edge, requires("mirrors.read")]) -> RepositoryList:
    async with edge.reading() as connection:
        found = await service.list_repositories(connection)
    return RepositoryList(repositories=[RepositoryView.of(one) for one in found])


@router.post("/repositories", status_code=201, response_model=RepositoryView)
async def add_repository(body: AddRepository, edge: Annotated[Edge, requires(MANAGE)]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> RepositoryView:
        return RepositoryView.of(await service.add_repository(uow, body.name, body.branch))

    return await edge.once(body, work, status=201)


@router.delete("/repositories/{repository}", response_model=Gone)
async def remove_repository(repository: Name, edge: Annotated[Edge, requires(MANAGE)]) -> JSONResponse:
    """Forget it; its remotes are not touched."""

    async def work(uow: UnitOfWork) -> Gone:
        await service.find_repository(uow.connection, repository)
        await service.remove_repository(uow, repository)
        return Gone(message="it is no longer kept alike; its remotes stay as they are", name=repository)

    return await edge.once(repository.encode("utf-8", "replace"), work)


@router.post("/repositories/{repository}/remotes", status_code=201, response_model=RemoteView)
async def add_remote(repository: Name, body: AddRemote, edge: Annotated[Edge, requires(MANAGE)]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> RemoteView:
        git = edge.house.port(Git)
        return RemoteView.of(await service.add_remote(uow, git, repository, body.name, body.url))

    return await edge.once(repository.encode("utf-8", "replace") + body.model_dump_json().encode(), work, status=201)


@router.delete("/repositories/{repository}/remotes/{remote}", response_model=Gone)
async def remove_remote(repository: Name, remote: Name, edge: Annotated[Edge, requires(MANAGE)]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> Gone:
        await service.remove_remote(uow, repository, remote)
        return Gone(message="it is no longer a remote; what it holds stays as it is", name=remote)

    return await edge.once(f"{repository}/{remote}".encode("utf-8", "replace"), work)


@router.post("/repositories/{repository}/sync", response_model=RunView)
async def ask_sync(repository: Name, body: AskSync, edge: Annotated[Edge, requires(MANAGE)]) -> RunView:
    """Compare now and bring forward what lacks; the answer is what was found."""
    wanted = Wanted(repository, body.force, body.dry_run, None, edge.caller.id, edge.trace)
    return RunView.of(await sync(edge.house.database, edge.house.port(Git), wanted))


@router.get("/repositories/{repository}/runs", response_model=RunList)
async def list_runs(
    repository: Name,
    edge: Annotated[Edge, requires("mirrors.read")],
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> RunList:
    async with edge.reading() as connection:
        found = await service.list_runs(connection, repository, position(cursor), limit)
    return RunList(runs=[RunView.of(one) for one in found.items], next_cursor=found.next_cursor)


@router.post("/request", response_model=SyncStatus)
async def requested(body: AskedOver, edge: Annotated[Edge, requires("mirrors.read")]) -> SyncStatus:
    """What other components ask through the Conductor: ``get-sync-status``, for one repository by its payload."""
    if body.request_type != "get-sync-status":
        raise RequestUnknown("this request is not known here", field="request_type")
    named = body.payload.get("repository") if isinstance(body.payload, dict) else None
    async with edge.reading() as connection:
        return await _status(connection, named if isinstance(named, str) else None)


async def _status(connection: Connection, name: str | None) -> SyncStatus:
    names = [one.name for one in await service.list_repositories(connection)]
    if name is None and not names:
        return SyncStatus.empty()
    return SyncStatus.of(await service.stand(connection, names[0] if name is None else name), names)
