"""Carry out the wishes of the queue; compare every repository now and then."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from harmony.adapters.db.pool import Database
from harmony.assist.mirrors import store
from harmony.assist.mirrors.errors import GitMissing, RequestUnfit, SyncBusy
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.model import SyncRequest
from harmony.assist.mirrors.ports import EXTEND_EVERY_SECONDS, SyncRequests
from harmony.assist.mirrors.service import list_repositories
from harmony.assist.mirrors.sync import Wanted, sync
from harmony.kernel.errors import Refusal

log = structlog.get_logger("mirrors")


async def take_request(database: Database, git: Git, requests: SyncRequests) -> int:
    """Carry out one wish; how many there were.

    What can never succeed is given up with its reason; what may succeed later comes again; a wish that was carried out
    before its acknowledgement was lost is not carried out twice.
    """
    request = await requests.take()
    if request is None:
        return 0
    async with _kept(database, requests, request):
        await _carry_out(database, git, requests, request)
    return 1


async def keep_alike(database: Database, git: Git) -> int:
    """Compare each repository once; how many could be."""
    async with database.reading() as connection:
        repositories = await list_repositories(connection)
    done = 0
    for one in repositories:
        try:
            await sync(database, git, Wanted(one.name))
            done += 1
        except Refusal as refusal:  # busy, or removed meanwhile: the others go on
            log.info("not compared", repository=one.name, code=refusal.code)
    return done


async def _carry_out(database: Database, git: Git, requests: SyncRequests, request: SyncRequest) -> None:
    if request.repository is None:
        await requests.give_up(request, f"{RequestUnfit.code}: {request.fault}")
        return
    async with database.reading() as connection:
        answered = await store.is_answered(connection, request.id)
    if answered:
        await requests.done(request)
        return
    wanted = Wanted(request.repository, force=request.force, request_id=request.id, trace=request.trace)
    try:
        run = await sync(database, git, wanted)
    except (SyncBusy, GitMissing) as refusal:
        await requests.give_back(request, refusal.code)
    except Refusal as refusal:
        await requests.give_up(request, f"{refusal.code}: {refusal.message}. {refusal.hint}")
    else:
        if run.state == "failed":
            await requests.give_back(request, "a remote could not be brought forward; see GET /sync-status")
        else:
            await requests.done(request)


@asynccontextmanager
async def _kept(database: Database, requests: SyncRequests, request: SyncRequest) -> AsyncIterator[None]:
    """The wish stays ours while the block runs."""

    async def extend() -> None:
        while True:
            await database.clock.sleep(EXTEND_EVERY_SECONDS)
            await requests.extend(request)

    task = asyncio.create_task(extend(), name="mirrors: keep the lease")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Refusal):
            await task
