"""Watching as a tool, over JSON-RPC and MCP alike."""

from __future__ import annotations

import json

from harmony.adapters.mcp.server import Effects
from harmony.assist.problems.ports import EventCleaner
from harmony.assist.problems.watching import runs
from harmony.assist.problems.watching.schemas import ActivityView, ReportActivity, batch_of
from harmony.assist.tool import Tool
from harmony.commons.identity.edge import Edge

KEEPS_ONCE = Effects(reads_only=False, destroys=False, repeatable=True, open_world=False)
"""The same events again change nothing."""


async def report_activity(edge: Edge, params: ReportActivity) -> ActivityView:
    events = tuple(event.noun() for event in params.events)
    runs.check_size(events)
    batch = batch_of("agent", params, await edge.house.port(EventCleaner)(events))
    async with edge.begin() as uow:
        return ActivityView.of(await runs.watch(uow, edge.caller.id, batch))


def say_activity(found: ActivityView) -> str:
    seen = f"{found.events} events seen"
    if not (found.stuck or found.nudge):
        return f"Going well ({seen})."
    state = "Stuck" if found.stuck else "Perhaps going in circles"
    known = f"; {len(found.known_solutions)} known solutions" if found.known_solutions else ""
    way = f" In the way: {found.obstacle}." if found.obstacle else ""
    last = f" Quoted, event {found.evidence[-1].at}: {_quoted(found.evidence[-1].text)}" if found.evidence else ""
    sure = f"{found.confidence_score or 0:.0%} sure"
    kind = (found.kind or "").replace("_", " ")
    suggested = f"Suggested: {found.suggested_action}{known}."
    return f"{state}: {kind}, {found.rounds} rounds ({sure}, {seen}). {suggested}{way}{last}"


def _quoted(text: str) -> str:
    """Between quotation marks that it cannot close; evidence lines are printable already."""
    return json.dumps(text, ensure_ascii=False)


REPORT_ACTIVITY = Tool(
    name="reportActivity",
    title="Say what a run has done and learn whether it goes in circles",
    description=(
        "Takes the next events of a run (what the user said, what the agent did, what came of it), each with an id of "
        "your own, and says whether the run is stuck: repeated errors, loops, attempts that hardly differ, talk "
        "without action, a call for help. Events that were sent before are passed over. Keeps the last steps, "
        "redacted, for as long as the user's privacy level allows, and may tell the user."
    ),
    permission="problems.report",
    params=ReportActivity,
    result=ActivityView,
    effects=KEEPS_ONCE,
    run=report_activity,
    say=say_activity,
)
TOOLS = (REPORT_ACTIVITY,)
