"""global-nexus: the front door, sign-in, and a look into the rooms."""

from __future__ import annotations

from harmony.adapters.db import idempotency
from harmony.apps.components.component import Component, Job
from harmony.apps.components.inspection import router as inspection
from harmony.commons.identity import store as identity
from harmony.commons.identity.edge import House
from harmony.commons.identity.routes import router as auth
from harmony.commons.journal import service as journal
from harmony.commons.notifications import jobs as notifications


async def _tidy_up(house: House) -> None:
    """Forget what has expired: keys, links, cookies, old journal entries that everyone has read."""
    async with house.database.begin() as uow:
        await idempotency.prune(uow)
        await identity.forget_expired(uow)
    async with house.database.begin() as uow:
        await journal.prune(uow)


GLOBAL_NEXUS = Component(
    name="global-nexus",
    port=9001,
    capabilities=("service-discovery", "request-routing", "page"),
    routers=(auth, inspection),
    jobs=(
        Job("deliver notifications", 1.0, lambda house: notifications.deliver(house.database)),
        Job("forget what has expired", 600.0, _tidy_up),
    ),
)
