"""Mirrors over HTTP: echo-git-sync's calls."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.mirrors import service, store
from harmony.assist.mirrors.errors import RequestUnknown
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.schemas import (
    AddRemote,
    AddRepository,
    AskedOver,
    AskSync,
    DivergenceView,
    Gone,
    Integrity,
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
from harmony.kernel.paging import encode_cursor

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
        await service.find_repository(connection, repository)
        found = await store.runs(connection, repository, position(cursor), limit + 1)
    shown = found[:limit]
    after = encode_cursor(shown[-1].id) if len(found) > limit else None
    return RunList(runs=[RunView.of(one) for one in shown], next_cursor=after)


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
        return SyncStatus(
            repository=None,
            repositories=[],
            branch=None,
            dry_run=False,
            state=None,
            remotes=[],
            failed_count=0,
            divergences=[],
            last_run_at=None,
            last_integrity=None,
            syncs_total=0,
            errors=0,
        )
    found = await service.find_repository(connection, names[0] if name is None else name)
    remotes = await service.list_remotes(connection, found.name)
    last = await store.last_run(connection, found.name)
    proof = await store.last_proof(connection, found.name)
    return SyncStatus(
        repository=found.name,
        repositories=names,
        branch=found.branch,
        dry_run=last is not None and last.dry_run,
        state=None if last is None else last.state,
        remotes=[RemoteView.of(one) for one in remotes],
        failed_count=sum(one.last_result not in (None, "synced") for one in remotes),
        divergences=[] if last is None else [DivergenceView(**one) for one in last.report.get("divergences", [])],
        last_run_at=None if last is None else last.ended_at or last.started_at,
        last_integrity=None
        if proof is None
        else Integrity(
            timestamp=proof.ended_at or proof.started_at, commit=proof.report["commit"], hash=proof.report["hash"]
        ),
        syncs_total=found.syncs_total,
        errors=found.errors_total,
    )
