"""The dashboard's decisions: one word for all, and what of a component's metrics is shown on its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from harmony.coordination.heartbeats.model import Lease, Member, Metrics, Status

TOLD_KINDS: tuple[str, ...] = (
    "coordination.component.degraded",
    "coordination.component.offline",
    "coordination.component.recovered",
    "coordination.conductor.doubted",
    "coordination.conductor.trusted",
)
"""What the operator is told of by itself."""
ERRORS = "errors"
COUNTER_SUFFIX = "_total"


def overall_status(members: Iterable[Member]) -> Status:
    """Healthy if everybody is, offline if everybody is (and there is somebody), degraded otherwise.

    Components that are never routed to do not count: whoever borrows a name cannot darken the whole.
    """
    statuses = {member.lease.status for member in members if member.component.routable}
    if statuses <= {"healthy"}:
        return "healthy"
    return "offline" if statuses == {"offline"} else "degraded"


def uptime_seconds(registered_at: datetime, lease: Lease, now: datetime) -> int:
    """Whole seconds since this incarnation registered; of one that is offline, until it was last heard of."""
    until = lease.last_beat_at if lease.status == "offline" else now
    return max(0, int((until - registered_at).total_seconds()))


def counters(metrics: Metrics) -> dict[str, int | float]:
    """What the dashboard's line shows: every ``…_total`` that was reported, and ``errors``, 0 until it was."""
    totals = {name: value for name, value in metrics.items() if name.endswith(COUNTER_SUFFIX)}
    return totals | {ERRORS: metrics.get(ERRORS, 0)}


def told_of(kind: str, payload: Mapping[str, Any]) -> tuple[str, str]:
    """Title and text of a built-in alert."""
    who = payload.get("component_id", "the Conductor")
    match kind.rpartition(".")[2]:
        case "degraded":
            return f"{who} is degraded", f"Cause: {payload['cause']}. GET /services/{who}/why gives the evidence."
        case "offline":
            return f"{who} is offline", f"It did not recover. GET /services/{who}/why gives the evidence."
        case "recovered":
            return f"{who} is well again", f"It was {payload['previous']} before."
        case "doubted":
            spared = f"{payload['leases']} leases are spared until {payload['ends_at']}"
            return "the Conductor doubts itself", f"Cause: {payload['cause']}; {spared}. POST /grace/end ends it."
        case _:
            return "the Conductor trusts itself again", f"The grace ended by {payload['by']}."
