"""What ``GET /gateway`` answers."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from harmony.coordination.gateway.model import Failure
from harmony.coordination.gateway.service import Told
from harmony.coordination.gateway.traffic import Traffic


class FailureView(BaseModel):
    at: datetime
    kind: Failure


class ComponentView(BaseModel):
    """One component as this process found it. ``why`` are its last failures, the newest last."""

    component_id: str
    component: str
    status: str
    outstanding: int
    requests: int
    retries: int
    failures: dict[Failure, int]
    failures_in_a_row: int
    ejections: int = Field(description="without calm between them; each lasts twice as long as the one before")
    ejected_since: datetime | None
    ejected_until: datetime | None
    why: list[FailureView]

    @classmethod
    def of(cls, told: Told) -> ComponentView:
        return cls(
            component_id=told.component_id,
            component=told.component,
            status=told.status,
            outstanding=told.outstanding,
            requests=told.requests,
            retries=told.retries,
            failures=told.failures,
            failures_in_a_row=told.failures_in_a_row,
            ejections=told.ejections,
            ejected_since=told.ejected_since,
            ejected_until=told.ejected_until,
            why=[FailureView(at=at, kind=kind) for at, kind in told.why],
        )


class GatewayView(BaseModel):
    """The gateway of this process, since its start."""

    components: list[ComponentView]
    callers: dict[str, int] = Field(description="who has requests in flight, and how many")
    refused: dict[str, int] = Field(description="refusals by their code")
    retry_budget: float = Field(description="how many tries more there may be at this moment")
    panics: int = Field(description="choices in which ejections were not believed, since most were ejected")
    websockets: int

    @classmethod
    def of(cls, told: list[Told], traffic: Traffic) -> GatewayView:
        return cls(
            components=[ComponentView.of(one) for one in told],
            callers=traffic.callers(),
            refused=dict(traffic.refused),
            retry_budget=round(traffic.budget.tokens, 1),
            panics=traffic.panics,
            websockets=traffic.sockets,
        )
