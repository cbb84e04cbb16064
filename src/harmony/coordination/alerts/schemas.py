"""The wire shape of the dashboard, as orchestra.md prints it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from harmony.coordination.alerts.model import counters, overall_status, uptime_seconds
from harmony.coordination.heartbeats.doubt import Grace
from harmony.coordination.heartbeats.model import Member, Status
from harmony.coordination.heartbeats.schemas import GraceView, Instant


class ComponentLine(BaseModel):
    """One component: with the counters (``…_total``) that it reports beside ``errors``, and all its ``metrics``."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int | float]

    component_id: str
    status: Status
    uptime_seconds: int
    errors: int | float
    last_heartbeat: Instant
    metrics: dict[str, int | float]

    @classmethod
    def of(cls, member: Member, now: datetime) -> ComponentLine:
        lease = member.lease
        line = {
            "component_id": lease.component_id,
            "status": lease.status,
            "uptime_seconds": uptime_seconds(member.component.registered_at, lease, now),
            "last_heartbeat": lease.last_beat_at,
            "metrics": dict(lease.metrics),
        }
        return cls.model_validate(counters(lease.metrics) | line)


class Dashboard(BaseModel):
    """The answer of ``GET /dashboard``. ``doubt`` is there only while the Conductor doubts itself: then silence moves
    nobody who was heard of before, and the statuses are as old as that."""

    timestamp: Instant
    overall_status: Status
    components: list[ComponentLine]
    doubt: GraceView | None = None

    @classmethod
    def of(cls, members: list[Member], grace: Grace | None, now: datetime) -> Dashboard:
        lines = [ComponentLine.of(member, now) for member in members]
        told: dict[str, object] = {"timestamp": now, "overall_status": overall_status(members), "components": lines}
        if grace is not None and grace.ended_at is None:
            told["doubt"] = GraceView.of(grace)
        return cls.model_validate(told)
