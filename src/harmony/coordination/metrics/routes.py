"""Metrics over HTTP: now, over time, and samples that do not come with a beat."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import Response

from harmony.adapters.http.problems import Problem
from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.heartbeats.schemas import ComponentId, MetricName
from harmony.coordination.heartbeats.service.members import find_lease
from harmony.coordination.metrics import service
from harmony.coordination.metrics.exposition import form_of, text
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.model import Function, Latest
from harmony.coordination.metrics.schemas import (
    Accepted,
    ComponentMetrics,
    Metrics,
    MetricsOverTime,
    PostSamples,
    Since,
    Step,
)
from harmony.coordination.registry.errors import EntryHeld
from harmony.coordination.registry.model import may_replace
from harmony.coordination.registry.service import UNPROVEN

PROBLEM: dict[str, Any] = {"model": Problem}
TEXTS: dict[str, Any] = {"text/plain": {"schema": {"type": "string"}}, "application/openmetrics-text": {}}
MANAGES = "components.manage"

router = APIRouter(tags=["metrics"])


@router.get("/metrics", response_model=Metrics | MetricsOverTime, responses={200: {"content": TEXTS}, 422: PROBLEM})
async def metrics(
    edge: Annotated[Edge, requires("metrics.read")],
    start: Annotated[Since | None, Query()] = None,
    end: Annotated[Since | None, Query()] = None,
    step: Annotated[Step | None, Query()] = None,
    metric: Annotated[MetricName | None, Query()] = None,
    function: Annotated[Function, Query()] = "avg",
    accept: Annotated[str | None, Header()] = None,
) -> Metrics | MetricsOverTime | Response:
    """Every component's metrics: the last ones, or over a range. With Accept text/plain, as Prometheus text."""
    if start is not None or end is not None:
        return await _over_time(edge, None, start, end, step, metric, function)
    found = _named(service.latest(edge.house.port(Intake)), metric)
    return _as_asked(found, accept) or _now(edge, found)


@router.get(
    "/metrics/{component_id}",
    response_model=ComponentMetrics | MetricsOverTime,
    responses={200: {"content": TEXTS}, 404: PROBLEM, 422: PROBLEM},
)
async def component_metrics(
    component_id: Annotated[ComponentId, Path()],
    edge: Annotated[Edge, requires("metrics.read")],
    start: Annotated[Since | None, Query()] = None,
    end: Annotated[Since | None, Query()] = None,
    step: Annotated[Step | None, Query()] = None,
    metric: Annotated[MetricName | None, Query()] = None,
    function: Annotated[Function, Query()] = "avg",
    accept: Annotated[str | None, Header()] = None,
) -> ComponentMetrics | MetricsOverTime | Response:
    """One component's metrics: the last ones, or over a range."""
    if start is not None or end is not None:
        return await _over_time(edge, component_id, start, end, step, metric, function)
    intake = edge.house.port(Intake)
    found = service.latest(intake, component_id)
    asked = _as_asked(_named(found, metric), accept)
    return asked or ComponentMetrics.of(component_id, found, intake.dropped(component_id))


@router.post(
    "/metrics/{component_id}", status_code=202, responses={403: PROBLEM, 404: PROBLEM, 422: PROBLEM, 429: PROBLEM}
)
async def post(
    component_id: Annotated[ComponentId, Path()],
    body: PostSamples,
    edge: Annotated[Edge, requires("components.heartbeat")],
) -> Accepted:
    """Samples between two beats, or with labels. All are taken or none; they count from now."""
    async with edge.reading() as connection:
        lease = await find_lease(connection, component_id)
    if not may_replace(lease.holder, edge.caller.id, UNPROVEN) and not edge.caller.may(MANAGES):
        raise EntryHeld("another principal registered this component", field="component_id")
    now = edge.house.database.clock.now()
    return Accepted(samples=service.take(edge.house.port(Intake), component_id, body.taken(), now))


async def _over_time(
    edge: Edge, component_id: str | None, start: Any, end: Any, step: int | None, name: str | None, function: Function
) -> MetricsOverTime:
    wanted = service.range_of(start, end, step, function, edge.house.database.clock.now())
    async with edge.reading() as connection:
        drawn, truncated = await service.draw(connection, wanted, component_id, name)
    return MetricsOverTime.of(wanted, drawn, truncated)


def _named(found: list[Latest], name: str | None) -> list[Latest]:
    return found if name is None else [one for one in found if one.key.name == name]


def _as_asked(found: list[Latest], accept: str | None) -> Response | None:
    form = form_of(accept)
    if form == "json":
        return None
    content, media_type = text(found, form)
    return Response(content, headers={"Content-Type": media_type, "Vary": "Accept"})


def _now(edge: Edge, found: list[Latest]) -> Metrics:
    intake = edge.house.port(Intake)
    return Metrics(
        timestamp=edge.house.database.clock.now(),
        components=[
            ComponentMetrics.of(component_id, list(group), intake.dropped(component_id))
            for component_id, group in groupby(found, key=lambda one: one.key.component_id)
        ],
    )
