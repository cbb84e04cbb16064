"""The nouns of watching: how somebody wants to be watched over, a watched run, an alarm and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from harmony.assist.problems.model import KnownSolution
from harmony.assist.problems.stuck.delivery import ALARMS_A_WINDOW, Mode
from harmony.assist.problems.stuck.model import Line, Privacy, Remedy, Verdict

RunSource = Literal["editor", "agent"]
AlarmSource = Literal["editor", "agent", "ci"]
AlarmState = Literal["told", "held", "quiet", "beyond_budget"]
Answer = Literal["right", "wrong"]

EVENTS_LIMIT_ITEMS = 100
"""Events in one batch."""
BATCH_LIMIT_CHARS = 256 * 1024
"""All texts of one batch together."""
RUNS_LIMIT_ITEMS = 50
"""Runs of one person; with one more, the one that was silent longest is forgotten."""
EVENT_IDS_LIMIT_ITEMS = 5_000
"""Of a run, the newest event ids are remembered; what is sent again after more than that counts anew."""
RUN_KEPT_DAYS = {Privacy.HIGH: 1, Privacy.STANDARD: 7, Privacy.OPEN: 30}
"""A run that is silent for so long is forgotten."""
ALARM_KEPT_DAYS = 90
CLIMB_EVENTS = 12
"""A run that is still stuck so many events after the last word gets the next one."""
DIGEST_LIMIT_ITEMS = 20
ANSWERS_COUNTED_DAYS = 90

ALARM_STATES: tuple[AlarmState, ...] = get_args(AlarmState)
ALARM_MOVES: frozenset[tuple[AlarmState, AlarmState]] = frozenset(
    {
        ("held", "told"),
        ("held", "quiet"),
        ("quiet", "told"),
        ("quiet", "held"),
        ("beyond_budget", "told"),
        ("beyond_budget", "held"),
    }
)
"""A digest tells what is held, or lets it go; what stands and grows may be told once mode and budget allow it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``digest_hour``: the hour, local to ``timezone``, of the daily digest in the mode ``scheduled``."""

    user_id: str
    mode: Mode = Mode.PROACTIVE
    privacy: Privacy = Privacy.STANDARD
    alarms_a_day: int = ALARMS_A_WINDOW
    digest_hour: int = 9
    timezone: str = "UTC"
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WatchedRun:
    """A run behind the server. ``state`` is what the monitor kept, ``rung`` the last of the remedies that was tried,
    ``spoken_at`` how many events there were then, ``alarm_id`` the alarm that still stands."""

    id: str
    user_id: str
    source: RunSource
    name: str
    privacy: Privacy
    salt: bytes
    state: dict[str, Any]
    events: int
    rung: int
    spoken_at: int
    alarm_id: str | None
    begun_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """``subject``: the run, or source and job, that it is about. ``sounded_at``: when the budget was charged."""

    id: str
    user_id: str
    source: AlarmSource
    subject: str
    kind: str
    confidence_percent: int
    rounds: int
    obstacle: str
    remedy: Remedy
    state: AlarmState
    lines: tuple[Line, ...]
    context_id: str | None
    raised_at: datetime
    told_at: datetime | None = None
    sounded_at: datetime | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """What a batch of events came to. ``remedy``: what is suggested now; None while nothing is wrong."""

    run: WatchedRun
    accepted: int
    repeated: int
    verdict: Verdict
    remedy: Remedy | None
    alarm: Alarm | None
    known_solutions: tuple[KnownSolution, ...] = ()


def state_of_new(mode: Mode, *, asked: bool, within_budget: bool) -> AlarmState:
    """What becomes of a new alarm. Who asks is answered whatever the mode, but never beyond the budget."""
    if mode is Mode.ON_DEMAND and not asked:
        return "quiet"
    if not within_budget:
        return "beyond_budget"
    return "held" if mode is Mode.SCHEDULED and not asked else "told"


def alarm_may_move(before: AlarmState, after: AlarmState) -> bool:
    return (before, after) in ALARM_MOVES


def next_digest(after: datetime, settings: Settings) -> datetime:
    """The first instant after ``after`` at which the user's clock shows the hour of the digest (UTC)."""
    zone = ZoneInfo(settings.timezone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        found = datetime.combine(day, time(settings.digest_hour), tzinfo=zone).astimezone(UTC)
        if found > after:
            return found
        day += timedelta(days=1)
