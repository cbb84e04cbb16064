"""Take samples, write them down, draw them, roll them up, forget them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.coordination.metrics import store
from harmony.coordination.metrics.errors import (
    MetricsUnknown,
    QuantileUnkept,
    RangeUnfit,
    TooManySamples,
    TooManySeries,
)
from harmony.coordination.metrics.intake import Intake, Numbers
from harmony.coordination.metrics.model import (
    ANSWER_LIMIT_SERIES,
    HOURS_KEPT_SECONDS,
    MINUTES_KEPT_SECONDS,
    POINTS_LIMIT,
    QUANTILES,
    RAW_KEPT_SECONDS,
    SERIES_KEPT_SECONDS,
    SERIES_LIMIT,
    Drawn,
    Function,
    Labels,
    Latest,
    Range,
    Sample,
    fitting_step,
    source_for,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SETTLED_SECONDS = 15
"""A minute is made once samples of it can no longer be on their way."""
ROLL_LIMIT_STEPS = 10
"""Minutes or hours that one transaction makes."""
FORGET_LIMIT_ROWS = 50_000
ANSWER_LIMIT_POINTS = 200_000
RECALL_LIMIT_SAMPLES = 500_000
DEFAULT_SPAN = timedelta(hours=1)


def take(intake: Intake, component_id: str, taken: Sequence[tuple[Numbers, Labels]], now: datetime) -> int:
    """Take samples that were sent by themselves; all or none. Raises ``TooManySamples`` and ``TooManySeries``."""
    many = sum(len(numbers) for numbers, _ in taken)
    if not intake.room_for(component_id, [(name, labels) for numbers, labels in taken for name in numbers]):
        raise TooManySeries(
            f"a component has at most {SERIES_LIMIT} series", details={"limit": SERIES_LIMIT}, field="samples"
        )
    if not intake.allowed(component_id, many):
        wait = intake.wait_seconds(component_id, many)
        raise TooManySamples("this component sends too many samples", details={"retry_after_seconds": wait})
    for numbers, labels in taken:
        intake.put(component_id, numbers, labels, now)
    return many


async def write(uow: UnitOfWork, intake: Intake, samples: Sequence[Sample]) -> None:
    """Write a batch of samples down; series that are new get their number."""
    fresh = {sample.key: sample for sample in samples if sample.key not in intake.numbers}
    if fresh:
        numbers = await store.ensure_series(uow, fresh)
        uow.after_commit(lambda: intake.numbers.update(numbers))
    else:
        numbers = {}
    known = intake.numbers
    rows = [(numbers.get(one.key) or known[one.key], one.at, one.value) for one in samples]
    await store.add(uow, rows)


async def resume(connection: Connection, intake: Intake, now: datetime) -> None:
    """After a start: the last values of what was heard within the time that raw samples are kept."""
    intake.know(await store.latest(connection, now - timedelta(seconds=RAW_KEPT_SECONDS)))


async def track(connection: Connection, intake: Intake, looked_at: Mapping[str, float], now: datetime) -> None:
    """Keep the recent samples of these names (seconds back) at hand, from the database where memory has none."""
    grown = intake.track(looked_at)
    if grown:
        longest = max(looked_at[name] for name in grown)
        after = now - timedelta(seconds=2 * longest)
        intake.recall(await store.recent(connection, sorted(grown), after, now, RECALL_LIMIT_SAMPLES))


async def history(
    connection: Connection, names: Sequence[str], after: datetime, upto: datetime, components: Sequence[str]
) -> list[Sample]:
    """Raw samples of the named metrics, oldest first, at most ``RECALL_LIMIT_SAMPLES``; no components: all."""
    chosen = list(components) or None
    return await store.recent(connection, names, after, upto, RECALL_LIMIT_SAMPLES, chosen)


def latest(intake: Intake, component_id: str | None = None) -> list[Latest]:
    """The last value of every series; raises ``MetricsUnknown`` for a component without any."""
    intake.absorb()
    found = intake.listed(component_id)
    if component_id is not None and not found:
        raise MetricsUnknown("this component has sent no metrics", field="component_id")
    return found


def range_of(
    start: datetime | None, end: datetime | None, step_seconds: int | None, function: Function, now: datetime
) -> Range:
    """The range that was asked for, the open ends filled in. Raises ``RangeUnfit`` and ``QuantileUnkept``."""
    end = end or now
    start = start or end - DEFAULT_SPAN
    if start >= end:
        raise RangeUnfit("start must lie before end", field="start")
    step = step_seconds or fitting_step(end - start)
    points = (end - start) / timedelta(seconds=step)
    if points > POINTS_LIMIT:
        raise RangeUnfit(
            f"a range has at most {POINTS_LIMIT} points",
            field="step",
            details={"limit": POINTS_LIMIT, "fitting_step": fitting_step(end - start)},
        )
    source = source_for(start, step, now)
    if source and function in QUANTILES:
        raise QuantileUnkept(
            f"raw samples are kept for {RAW_KEPT_SECONDS} s", field="function", details={"kept": RAW_KEPT_SECONDS}
        )
    return Range(start, end, max(step, source), source, function)


async def draw(
    connection: Connection, wanted: Range, component_id: str | None = None, name: str | None = None
) -> tuple[list[Drawn], bool]:
    """The series over a range, and whether some were left out because they are too many."""
    points = max(1.0, (wanted.end - wanted.start) / timedelta(seconds=wanted.step_seconds))
    limit = min(ANSWER_LIMIT_SERIES, int(ANSWER_LIMIT_POINTS / points))
    found = await store.draw(connection, wanted, component_id, name, limit + 1)
    return found[:limit], len(found) > limit


async def roll_up(uow: UnitOfWork, seconds: int) -> bool:
    """Make the minutes (60) or hours (3600) that are over, so many at a time; whether there are more to make."""
    first = await store.oldest_sample(uow.connection)
    if first is None:
        return False
    begin = await store.rolled_upto(uow, seconds, _floor(first, seconds))
    if begin is None:
        return False
    settled = SETTLED_SECONDS if seconds == 60 else SETTLED_SECONDS + 120
    over = _floor(uow.now - timedelta(seconds=settled), seconds)
    end = min(over, begin + timedelta(seconds=seconds * ROLL_LIMIT_STEPS))
    if end <= begin:
        return False
    await store.roll(uow, seconds, begin, end)
    return end < over


async def forget(database: Database, intake: Intake) -> None:
    """Let go of what has been kept for its time."""
    ages = (RAW_KEPT_SECONDS, MINUTES_KEPT_SECONDS, HOURS_KEPT_SECONDS, SERIES_KEPT_SECONDS)
    raw, minutes, hours, series = (database.clock.now() - timedelta(seconds=age) for age in ages)
    more = True
    while more:
        async with database.begin() as uow:
            more = await store.forget(uow, raw, minutes, hours, series, FORGET_LIMIT_ROWS)
    intake.forget(raw)


def _floor(instant: datetime, seconds: int) -> datetime:
    return instant - (instant - EPOCH) % timedelta(seconds=seconds)
