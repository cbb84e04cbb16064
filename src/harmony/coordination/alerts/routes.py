"""The dashboard, and over global-cortex the alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from harmony.adapters.bus.bells import Bells
from harmony.adapters.http.problems import Problem
from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.alerts.errors import SilenceUnfit
from harmony.coordination.alerts.jobs import BELL
from harmony.coordination.alerts.rules import SILENCE_LIMIT_SECONDS, State
from harmony.coordination.alerts.schemas import (
    AlertName,
    Alerts,
    AlertView,
    Configure,
    Configured,
    Dashboard,
    DryRun,
    MakeSilence,
    Rehearsed,
    Removed,
    Rules,
    RuleView,
    SilenceOver,
    Silences,
    SilenceView,
)
from harmony.coordination.alerts.service import configure as verbs
from harmony.coordination.alerts.service.rehearse import rehearse
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service.members import list_members

PROBLEM: dict[str, Any] = {"model": Problem}
PAGE_ALERTS = 100

router = APIRouter(tags=["orchestra"])
alerts = APIRouter(prefix="/alerts", tags=["alerts"])


@router.get("/dashboard", response_model_exclude_unset=True)
async def dashboard(edge: Annotated[Edge, requires("components.read")]) -> Dashboard:
    """Every component, and one word for the whole."""
    pulse = edge.house.port(Pulse)
    async with edge.reading() as connection:
        members = await list_members(connection, pulse=pulse)
    return Dashboard.of(members, pulse.grace, edge.house.database.clock.now())


@alerts.post("/configure", responses={409: PROBLEM, 422: PROBLEM})
async def configure(body: Configure, edge: Annotated[Edge, requires("alerts.manage")]) -> Configured:
    """Set up an alert, or change the one of that name. A channel that is not configured is accepted with a warning."""
    async with edge.begin() as uow:
        rule, warnings = await verbs.configure(uow, body.to_rule(), condition_given=body.condition is not None)
    edge.house.port(Bells).ring(BELL)
    return Configured(alert_name=rule.name, warnings=warnings, alert=RuleView.of(rule))


@alerts.get("/rules")
async def rules(edge: Annotated[Edge, requires("alerts.read")]) -> Rules:
    """The alerts that are configured, the built-in ones among them."""
    async with edge.reading() as connection:
        found = await verbs.list_rules(connection)
    return Rules(alerts=[RuleView.of(rule) for rule in found])


@alerts.delete("/rules/{alert_name}", responses={404: PROBLEM, 409: PROBLEM})
async def remove(alert_name: Annotated[AlertName, Path()], edge: Annotated[Edge, requires("alerts.manage")]) -> Removed:
    """Take an alert away; what of it fires is ended."""
    async with edge.begin() as uow:
        await verbs.remove(uow, alert_name)
    edge.house.port(Bells).ring(BELL)
    return Removed(alert_name=alert_name)


@alerts.get("")
async def list_alerts(
    edge: Annotated[Edge, requires("alerts.read")],
    state: Annotated[list[State] | None, Query()] = None,
    alert_name: Annotated[AlertName | None, Query()] = None,
    before: Annotated[str | None, Query(max_length=64, pattern=r"^alert-[0-9a-f]+$")] = None,
) -> Alerts:
    """Alerts of these states, newest first; without a state, those that fire or are about to."""
    async with edge.reading() as connection:
        found = await verbs.list_alerts(
            connection, list(state or ("pending", "firing")), alert_name, before, PAGE_ALERTS + 1
        )
    page = found[:PAGE_ALERTS]
    more = page[-1].id if len(found) > PAGE_ALERTS else None
    return Alerts(alerts=[AlertView.of(alert) for alert in page], next_cursor=more)


@alerts.post("/dry-run", responses={422: PROBLEM})
async def dry_run(body: DryRun, edge: Annotated[Edge, requires("alerts.read")]) -> Rehearsed:
    """What an alert would have done over the samples that are kept; nothing is told."""
    now = edge.house.database.clock.now()
    rule = verbs.checked(body.alert.to_rule())
    async with edge.reading() as connection:
        found = await rehearse(connection, rule, body.start, body.end or now, body.step_seconds, now)
    return Rehearsed.of(found)


@alerts.post("/silences", status_code=201, responses={409: PROBLEM, 422: PROBLEM})
async def silence(body: MakeSilence, edge: Annotated[Edge, requires("alerts.manage")]) -> SilenceView:
    """Tell nothing of what matches for a while. Whoever was told of an alert is still told of its end."""
    now = edge.house.database.clock.now()
    begins = max(now, body.starts_at or now)
    ends = body.ends_at or begins + timedelta(seconds=body.duration or 0.0)
    if not begins < ends <= now + timedelta(seconds=SILENCE_LIMIT_SECONDS):
        raise SilenceUnfit(f"a silence ends after it begins, within {SILENCE_LIMIT_SECONDS} s", field="ends_at")
    async with edge.begin() as uow:
        made = await verbs.silence(uow, body.to_matches(), begins, ends, body.reason)
    return SilenceView.of(made)


@alerts.get("/silences")
async def silences(edge: Annotated[Edge, requires("alerts.read")]) -> Silences:
    """The silences that stand or will begin."""
    async with edge.reading() as connection:
        found = await verbs.list_silences(connection, edge.house.database.clock.now())
    return Silences(silences=[SilenceView.of(one) for one in found])


@alerts.delete("/silences/{silence_id}", responses={404: PROBLEM})
async def end_silence(
    silence_id: Annotated[str, Path(pattern=r"^silence-[0-9a-f]{32}$")],
    edge: Annotated[Edge, requires("alerts.manage")],
) -> SilenceOver:
    """Tell again."""
    async with edge.begin() as uow:
        await verbs.end_silence(uow, silence_id)
    return SilenceOver(silence_id=silence_id)
