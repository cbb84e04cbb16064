"""A batch of events of a watched run: what is new, judged by the monitor where it left off, told as it should be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems import service
from harmony.assist.problems.errors import BatchTooLarge, RunUnknown
from harmony.assist.problems.model import KnownSolution, Report
from harmony.assist.problems.plain import plain
from harmony.assist.problems.store import watched as store
from harmony.assist.problems.stuck.delivery import RUNGS, calibrated, next_rung
from harmony.assist.problems.stuck.likeness import lettered
from harmony.assist.problems.stuck.model import Event, Finding, Kind, Level, Privacy, Remedy, Verdict
from harmony.assist.problems.stuck.monitor import Monitor
from harmony.assist.problems.watched import (
    BATCH_LIMIT_CHARS,
    CLIMB_EVENTS,
    EVENT_IDS_LIMIT_ITEMS,
    RUNS_LIMIT_ITEMS,
    Alarm,
    RunSource,
    Settings,
    Watch,
    WatchedRun,
)
from harmony.assist.problems.watching import telling
from harmony.kernel.ids import looks_like_id
from harmony.kernel.redaction.service import redact

SALT_BYTES = 16
EVENT_HASH_BYTES = 16
HIDDEN_BYTES = 8


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one run, cleaned; ``ids`` are the client's own, one for each event."""

    source: RunSource
    name: str
    ids: tuple[str, ...]
    events: tuple[Event, ...]


def check_size(events: Sequence[Event]) -> None:
    """Refuse a batch whose texts are more than ``BATCH_LIMIT_CHARS`` together."""
    if sum(len(event.text) + len(event.args) for event in events) > BATCH_LIMIT_CHARS:
        raise BatchTooLarge(
            f"the texts of the events are more than {BATCH_LIMIT_CHARS} characters together",
            field="events",
            details={"limit_chars": BATCH_LIMIT_CHARS},
        )


def cleaned(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Without secrets and personal data, and without what a terminal or the database would choke on. Pure."""
    return tuple(
        replace(
            event, text=_clean(event.text), args=_clean(event.args), name=_clean(event.name), tool=_clean(event.tool)
        )
        for event in events
    )


def hiding(salt: bytes) -> Callable[[str], str]:
    """As ``likeness.opaque``, but equal in every process that has the salt (keyed BLAKE2b, RFC 7693)."""

    def hide(text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        return lettered(hashlib.blake2b(data, digest_size=HIDDEN_BYTES, key=salt).hexdigest()) if text else ""

    return hide


async def watch(uow: UnitOfWork, user_id: str, batch: Batch) -> Watch:
    """Judge what is new in a batch; what was had before changes nothing, so a batch may be sent again."""
    await store.one_at_a_time(uow, user_id)
    settings = await store.settings(uow.connection, user_id)
    run = await store.run(uow.connection, user_id, batch.source, batch.name) or _begun(uow, settings, batch)
    fresh = await _fresh(uow.connection, run, batch)
    monitor = Monitor.resumed(run.state, run.privacy, hiding(run.salt))
    said = [monitor.observe(event) is not None for event in fresh.values()]
    verdict = monitor.verdict()
    run = replace(run, events=verdict.events, state=monitor.kept(), seen_at=uow.now)
    watched = Watch(run, len(fresh), len(batch.ids) - len(fresh), verdict, None, None)
    watched = await _said(uow, settings, watched, _to_say(run, any(said), verdict))
    await store.keep_run(uow, watched.run, RUNS_LIMIT_ITEMS)
    if fresh:
        await store.keep_events(uow, run.id, list(fresh), verdict.events - len(fresh), EVENT_IDS_LIMIT_ITEMS)
    return watched


async def list_runs(connection: Connection, user_id: str) -> list[WatchedRun]:
    """All of a person's, the one that spoke last first."""
    return await store.runs(connection, user_id)


async def find_run(connection: Connection, user_id: str, run_id: str) -> WatchedRun:
    found = await store.run_by_id(connection, user_id, run_id) if looks_like_id(run_id, "run") else None
    if found is None:
        raise RunUnknown("you have no such run", field="runId")
    return found


async def forget_run(uow: UnitOfWork, user_id: str, run_id: str) -> None:
    """Forget what is kept of a run; its alarms stay."""
    await store.one_at_a_time(uow, user_id)
    if not looks_like_id(run_id, "run") or not await store.forget_run(uow, user_id, run_id):
        raise RunUnknown("you have no such run", field="runId")


def verdict_of(run: WatchedRun) -> Verdict:
    """Where a run stands. Pure."""
    return Monitor.resumed(run.state, run.privacy, hiding(run.salt)).verdict()


def _begun(uow: UnitOfWork, settings: Settings, batch: Batch) -> WatchedRun:
    salt = uow.chance.secret_bytes(SALT_BYTES)
    return WatchedRun(
        id=uow.ids.new("run"),
        user_id=settings.user_id,
        source=batch.source,
        name=batch.name,
        privacy=settings.privacy,
        salt=salt,
        state=Monitor(settings.privacy, hiding(salt)).kept(),
        events=0,
        rung=0,
        spoken_at=0,
        alarm_id=None,
        begun_at=uow.now,
        seen_at=uow.now,
    )


async def _fresh(connection: Connection, run: WatchedRun, batch: Batch) -> dict[bytes, Event]:
    """The events that the run has not had, by the hash of their ids; of two with one id the first."""
    hashed: dict[bytes, Event] = {}
    for name, event in zip(batch.ids, batch.events, strict=True):
        hashed.setdefault(hashlib.blake2b(name.encode(), digest_size=EVENT_HASH_BYTES, key=run.salt).digest(), event)
    known = await store.known_events(connection, run.id, hashed)
    return {name: event for name, event in hashed.items() if name not in known}


def _to_say(run: WatchedRun, said: bool, verdict: Verdict) -> Finding | None:
    """What stands now, when it began or grew with this batch, or has stood so long that it is time for the next word.

    What began and ended within one batch is not said: whoever got past it alone needs nothing.
    """
    standing = verdict.standing
    if standing is None or said:
        return standing
    long_told = verdict.stuck and run.events - run.spoken_at >= CLIMB_EVENTS
    return standing if long_told and run.rung < len(RUNGS) else None


async def _said(uow: UnitOfWork, settings: Settings, watched: Watch, finding: Finding | None) -> Watch:
    run, verdict = watched.run, watched.verdict
    if finding is None:
        rung = run.rung if verdict.standing else 0
        run = replace(run, rung=rung, alarm_id=run.alarm_id if verdict.stuck else None)
        remedy = RUNGS[rung - 1] if rung else None
        return replace(watched, run=run, remedy=remedy, alarm=await _standing(uow, run))
    long_told = run.alarm_id is not None and run.events - run.spoken_at >= CLIMB_EVENTS
    wanted = replace(finding, remedy=Remedy.PERSON) if long_told else finding
    run = replace(run, rung=next_rung(wanted, run.rung), spoken_at=run.events)
    watched = replace(watched, run=run, remedy=RUNGS[run.rung - 1])
    if finding.level is Level.ALARM:
        return await _alarmed(uow, settings, watched, finding)
    return replace(watched, run=replace(run, alarm_id=None))


async def _standing(uow: UnitOfWork, run: WatchedRun) -> Alarm | None:
    return None if run.alarm_id is None else await store.alarm(uow.connection, run.user_id, run.alarm_id)


async def _alarmed(uow: UnitOfWork, settings: Settings, watched: Watch, finding: Finding) -> Watch:
    """A new alarm, or the one that stands grown; from the second rung on with what is known about it."""
    run, remedy = watched.run, watched.remedy or Remedy.NUDGE
    before = await _standing(uow, run)
    alarm = before or _drawn(uow, run, finding)
    context_id = alarm.context_id
    known: tuple[KnownSolution, ...] = ()
    if remedy is not Remedy.NUDGE:
        context_id, known = await _looked_up(uow, run, alarm.context_id)
    right, wrong = await telling.answers_before(uow, run.user_id, finding.kind)
    alarm = replace(
        alarm,
        kind=finding.kind.value,
        confidence_percent=round(100 * calibrated(finding, right, wrong)),
        rounds=finding.rounds,
        obstacle=finding.obstacle,
        remedy=remedy,
        lines=finding.lines,
        context_id=context_id,
    )
    if before is not None:
        alarm = await telling.grow(uow, settings, before, alarm)
    else:
        alarm = await telling.raise_alarm(uow, settings, alarm, asked=finding.kind is Kind.ASK)
    run = replace(run, alarm_id=alarm.id)
    return replace(watched, run=run, alarm=alarm, remedy=alarm.remedy, known_solutions=known)


def _drawn(uow: UnitOfWork, run: WatchedRun, finding: Finding) -> Alarm:
    return Alarm(
        id=uow.ids.new("alarm"),
        user_id=run.user_id,
        source=run.source,
        subject=run.id,
        kind=finding.kind.value,
        confidence_percent=0,
        rounds=finding.rounds,
        obstacle=finding.obstacle,
        remedy=finding.remedy,
        state="quiet",
        lines=finding.lines,
        context_id=None,
        raised_at=uow.now,
    )


async def _looked_up(
    uow: UnitOfWork, run: WatchedRun, context_id: str | None
) -> tuple[str | None, tuple[KnownSolution, ...]]:
    """The last failure of the run, reported as its user would report it: the context, and what is known about it.

    Not under ``high``: there no words of the run are at hand, and none may be kept.
    """
    if context_id is not None:
        context = await service.own_context(uow.connection, context_id, run.user_id)
        return context_id, tuple(await service.known_solutions(uow.connection, run.user_id, context))
    failed = next((step for step in reversed(run.state["steps"]) if step["failed"]), None)
    if failed is None or run.privacy is Privacy.HIGH:
        return None, ()
    command = failed["did"] or failed["tool"].removeprefix("run ")
    reading = service.read_clean(Report(log=failed["got"], command=command, exit_code=1))
    found = await service.detect(uow, run.user_id, None, reading)
    return found.context.id, found.known_solutions


def _clean(text: str) -> str:
    """A lone surrogate is no character: it could be neither stored nor answered."""
    return redact(plain(text.encode("utf-8", "replace").decode())).text if text else ""
