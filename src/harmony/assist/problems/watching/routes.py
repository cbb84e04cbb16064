"""Watching over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.problems.ports import EventCleaner
from harmony.assist.problems.store import watched as store
from harmony.assist.problems.stuck.delivery import AlarmBudget, allowed
from harmony.assist.problems.watched import Settings
from harmony.assist.problems.watching import choosing, runs, telling
from harmony.assist.problems.watching.schemas import (
    LEVELS,
    MODES,
    Activity,
    ActivityView,
    AlarmList,
    AlarmView,
    AnswerAlarm,
    ChooseSettings,
    RunList,
    RunView,
    SettingsView,
    batch_of,
)
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, position
from harmony.commons.identity.edge import Edge, requires

router = APIRouter(prefix="/v1", tags=["detection"])

REPORT, READ = "problems.report", "problems.read"


@router.post("/activity", response_model=ActivityView)
async def report_activity(body: Activity, edge: Annotated[Edge, requires(REPORT)]) -> JSONResponse:
    """Events of an editor or of an agent's run: whether it goes in circles, and what to do. May be sent again."""
    events = tuple(event.noun() for event in body.events)
    runs.check_size(events)
    batch = batch_of(body.source, body, await edge.house.port(EventCleaner)(events))

    async def work(uow: UnitOfWork) -> ActivityView:
        return ActivityView.of(await runs.watch(uow, edge.caller.id, batch))

    return await edge.once(body, work)


@router.get("/activity/runs", response_model=RunList)
async def list_runs(edge: Annotated[Edge, requires(READ)]) -> RunList:
    """Your watched runs, the one that spoke last first."""
    async with edge.reading() as connection:
        found = await runs.list_runs(connection, edge.caller.id)
    return RunList(items=[RunView.of(run) for run in found])


@router.get("/activity/runs/{watchedRunId}", response_model=RunView)
async def read_run(watchedRunId: str, edge: Annotated[Edge, requires(READ)]) -> RunView:
    async with edge.reading() as connection:
        return RunView.of(await runs.find_run(connection, edge.caller.id, watchedRunId))


@router.delete("/activity/runs/{watchedRunId}", status_code=204)
async def forget_run(watchedRunId: str, edge: Annotated[Edge, requires(REPORT)]) -> None:
    """Forget what is kept of a run. Its alarms stay."""
    async with edge.begin() as uow:
        await runs.forget_run(uow, edge.caller.id, watchedRunId)


@router.get("/detection/settings", response_model=SettingsView)
async def read_settings(edge: Annotated[Edge, requires(READ)]) -> SettingsView:
    async with edge.reading() as connection:
        settings = await store.settings(connection, edge.caller.id)
        return _settings(settings, await store.budget(connection, settings))


@router.put("/detection/settings", response_model=SettingsView)
async def choose_settings(body: ChooseSettings, edge: Annotated[Edge, requires(REPORT)]) -> SettingsView:
    """How you want to be watched over. Another privacy level begins every watched run anew."""
    async with edge.begin() as uow:
        chosen = await choosing.choose(uow, body.noun(edge.caller.id))
        return _settings(chosen, await store.budget(uow.connection, chosen))


@router.get("/detection/alarms", response_model=AlarmList)
async def list_alarms(
    edge: Annotated[Edge, requires(READ)], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> AlarmList:
    """What was noticed about you, told or not, newest first."""
    async with edge.reading() as connection:
        page = await telling.list_alarms(connection, edge.caller.id, position(cursor), limit)
    items = [AlarmView.of(alarm, telling.said(alarm)) for alarm in page.items]
    return AlarmList(items=items, next_cursor=page.next_cursor)


@router.post("/detection/alarms/{alarmId}/answer", response_model=AlarmView)
async def answer_alarm(alarmId: str, body: AnswerAlarm, edge: Annotated[Edge, requires(REPORT)]) -> AlarmView:
    """Say whether an alarm was right. "wrong" halves the alarms that you get; "right" takes one halving back."""
    async with edge.begin() as uow:
        alarm = await telling.answer(uow, edge.caller.id, alarmId, body.answer)
    return AlarmView.of(alarm, telling.said(alarm))


def _settings(settings: Settings, budget: AlarmBudget) -> SettingsView:
    count, window = allowed(budget)
    return SettingsView(
        assistance_mode=MODES[settings.mode],
        privacy_level=LEVELS[settings.privacy],
        alarms_a_day=settings.alarms_a_day,
        alarms_allowed=count,
        alarms_allowed_hours=int(window.total_seconds() // 3600),
        digest_hour=settings.digest_hour,
        timezone=settings.timezone,
        updated_at=settings.updated_at,
    )
