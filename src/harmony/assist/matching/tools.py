"""Matching as a tool."""

from __future__ import annotations

from harmony.adapters.mcp.server import Effects
from harmony.assist.matching import service
from harmony.assist.matching.schemas import FindExperts, Matches
from harmony.assist.problems import service as problems
from harmony.assist.tool import Tool
from harmony.commons.identity.edge import Edge


async def find_experts(edge: Edge, params: FindExperts) -> Matches:
    """``currentTime`` asks who would be there then; without it, who is there now."""
    now = params.current_time or edge.house.database.clock.now()
    async with edge.reading() as connection:
        context = await problems.own_context(connection, params.problem_context, edge.caller.id)
        return Matches.of(await service.find_experts(connection, context, params.need(), now))


def say_matches(found: Matches) -> str:
    if not found.matches_found:
        return "Nobody is there who could help with this now."
    return f"{len(found.experts)} could help, the best match first."


FIND_EXPERTS = Tool(
    name="findExperts",
    title="Find who can help with a reported failure",
    description="Ranks the experts who could help with one of your own reported failures. Asks nobody yet.",
    permission="requests.open",
    params=FindExperts,
    result=Matches,
    effects=Effects(reads_only=True, destroys=False, repeatable=True, open_world=False),
    run=find_experts,
    say=say_matches,
)
TOOLS = (FIND_EXPERTS,)
