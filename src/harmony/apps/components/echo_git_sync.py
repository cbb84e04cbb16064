"""echo-git-sync: one repository kept alike on several remotes."""

from __future__ import annotations

from collections.abc import Mapping

from harmony.apps.components.component import Component, Job
from harmony.assist.mirrors import jobs, service
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.ports import SyncRequests
from harmony.assist.mirrors.routes import router
from harmony.commons.identity.edge import House


async def _take(house: House) -> int:
    return await jobs.take_request(house.database, house.port(Git), house.port(SyncRequests))


async def _measures(house: House) -> Mapping[str, float]:
    async with house.database.reading() as connection:
        syncs, errors = await service.count_runs(connection)
    return {"syncs_total": syncs, "syncs_failed_total": errors}


ECHO_GIT_SYNC = Component(
    name="echo-git-sync",
    port=9000,
    capabilities=("multi-provider-sync", "integrity-verification", "status-reporting"),
    routers=(router,),
    jobs=(
        Job("take sync requests", 1.0, _take),
        Job("keep mirrors alike", 300.0, lambda house: jobs.keep_alike(house.database, house.port(Git))),
    ),
    measures=_measures,
)
