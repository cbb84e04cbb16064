"""Matching as a JSON-RPC method."""

from __future__ import annotations

from harmony.assist.matching import service
from harmony.assist.matching.schemas import FindExperts, Matches
from harmony.assist.problems import service as problems
from harmony.assist.rpc import Method
from harmony.commons.identity.edge import Edge


async def find_experts(edge: Edge, params: FindExperts) -> Matches:
    """``currentTime`` asks who would be there then; without it, who is there now."""
    now = params.current_time or edge.house.database.clock.now()
    async with edge.reading() as connection:
        context = await problems.own_context(connection, params.problem_context, edge.caller.id)
        return Matches.of(await service.find_experts(connection, context, params.need(), now))


METHODS = {"findExperts": Method("requests.open", FindExperts, find_experts)}
