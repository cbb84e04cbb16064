"""The assist plane on a real database: its verbs, and its HTTP with people who hold real tokens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest_asyncio
from fastapi import FastAPI

from harmony.adapters.db.pool import Database
from harmony.adapters.http import problems as problem_documents
from harmony.assist import mcp, rpc
from harmony.assist.environments import routes as environments_routes
from harmony.assist.experts import routes as experts_routes
from harmony.assist.knowledge import routes as knowledge_routes
from harmony.assist.knowledge.ports import SessionReader
from harmony.assist.matching import routes as matching_routes
from harmony.assist.matching import tools as matching_tools
from harmony.assist.matching.service import may_read_context
from harmony.assist.problems import correction_routes
from harmony.assist.problems import routes as problems_routes
from harmony.assist.problems import tools as problems_tools
from harmony.assist.problems.fakes import clean_here, preview_here, read_here
from harmony.assist.problems.hooks import routes as hooks_routes
from harmony.assist.problems.ports import ClassesInUse, ContextReaders, EventCleaner, LogPreviewer, LogReader
from harmony.assist.problems.taxonomy import shipped
from harmony.assist.problems.watching import routes as watching_routes
from harmony.assist.problems.watching import tools as watching_tools
from harmony.assist.rewards import routes as rewards_routes
from harmony.assist.sessions import routes as sessions_routes
from harmony.assist.sessions.service import facts
from harmony.commons.identity import service as identity
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import Signer
from harmony.commons.journal.jobs import stamp
from harmony.commons.journal.service import Journal
from harmony.commons.notifications import routes as notifications_routes

PEOPLE = {
    "wanda-seeker": ("seeker",),
    "wilbur-seeker": ("seeker",),
    "ada-expert": ("expert",),
    "bruno-expert": ("expert",),
    "cora-coordinator": ("coordinator",),
    "olga-admin": ("admin",),
}


async def admit(database: Database) -> None:
    """Everybody in ``PEOPLE`` may act from now on."""
    async with database.begin() as uow:
        for name, roles in PEOPLE.items():
            await identity.create_principal(uow, Principal(name, "person", name.split("-")[0].title(), roles))


@dataclass(slots=True)
class Live:
    """The plane as it is mounted, and a client for each of ``PEOPLE``."""

    database: Database
    app: FastAPI
    journal: Journal
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    def __getitem__(self, name: str) -> httpx.AsyncClient:
        """By the first part of the name: ``live["wanda"]``."""
        return next(client for known, client in self.clients.items() if known.startswith(name))

    async def stamp(self) -> None:
        if await stamp(self.database):
            self.journal.moved()


def assemble(house: House) -> FastAPI:
    app = FastAPI()
    app.state.house = house
    app.state.closing = asyncio.Event()
    problem_documents.install(app, house.database.clock.now)
    rooms = (environments_routes, knowledge_routes, problems_routes, experts_routes, matching_routes, sessions_routes)
    for room in (*rooms, correction_routes, watching_routes, hooks_routes, rewards_routes, notifications_routes):
        app.include_router(room.router)
    for_agents = (*problems_tools.TOOLS, *watching_tools.TOOLS)
    app.include_router(rpc.router((*for_agents, *matching_tools.TOOLS)))
    app.include_router(mcp.router(for_agents))
    return app


@pytest_asyncio.fixture
async def admitted(database: Database) -> Database:
    await admit(database)
    return database


@pytest_asyncio.fixture
async def live(admitted: Database) -> AsyncIterator[Live]:
    ports: dict[type, Any] = {
        LogReader: read_here,
        LogPreviewer: preview_here,
        EventCleaner: clean_here,
        ClassesInUse: shipped,
        ContextReaders: may_read_context,
        SessionReader: facts,
    }
    journal = Journal(admitted)
    house = House(admitted, journal, await Signer.load(admitted), ports, local_allowed=False)
    app = assemble(house)
    found = Live(admitted, app, journal)
    async with AsyncExitStack() as stack:
        for name in PEOPLE:
            async with admitted.begin() as uow:
                _, secret = await identity.create_token(uow, name, "test", timedelta(days=366))
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
                base_url="http://live.test",
                headers={"Authorization": f"Bearer {secret}"},
            )
            found.clients[name] = await stack.enter_async_context(client)
        anonymous = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://live.test")
        found.clients["nobody"] = await stack.enter_async_context(anonymous)
        yield found
