"""The dashboard's decisions: one word for all, and what of a component's metrics is shown on its line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from harmony.coordination.heartbeats.model import Lease, Member, Metrics, Status

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
