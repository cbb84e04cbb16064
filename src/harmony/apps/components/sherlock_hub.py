"""sherlock-hub: entities, relationships, search, and questions answered from what is stored."""

from __future__ import annotations

from collections.abc import Mapping

from harmony.apps.components.component import Component, Job
from harmony.assist.graph import service
from harmony.assist.graph.routes import router
from harmony.commons.identity.edge import House


async def _forget(house: House) -> None:
    async with house.database.begin() as uow:
        await service.forget_questions(uow)


async def _measures(house: House) -> Mapping[str, float]:
    async with house.database.reading() as connection:
        counts = await service.count(connection)
    return {"entities_count": counts.entities, "relationships_count": counts.relationships}


SHERLOCK_HUB = Component(
    name="sherlock-hub",
    port=8000,
    capabilities=("entity-mapping", "relationship-discovery", "search", "qa"),
    routers=(router,),
    jobs=(Job("forget questions", 3600.0, _forget),),
    measures=_measures,
)
