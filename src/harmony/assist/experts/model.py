"""The nouns of experts and what is decided about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from harmony.kernel.money import REPUTATION, Amount

SkillLevel = Literal["Beginner", "Intermediate", "Advanced", "Expert"]
Day = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Presence = Literal["available", "away", "do_not_disturb", "busy"]

DAYS: tuple[Day, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEVEL_WEIGHTS: dict[SkillLevel, int] = {"Beginner": 30, "Intermediate": 55, "Advanced": 80, "Expert": 100}
"""How far a level carries, in percent."""

YEARS_LIMIT = 80
YEARS_THAT_COUNT = 8
LEVEL_SHARE = 75
YEARS_SHARE = 25

SKILLS_LIMIT_ITEMS = 30
SCHEDULE_LIMIT_ITEMS = 50
WEEKLY_HOURS_LIMIT = 168
SESSION_HOURS_ASSUMED = 1
"""What an accepted request is counted for against ``max_weekly_hours``."""
LOOK_AHEAD_DAYS = 8

NO_POINTS = Amount(0, REPUTATION)
PRIOR_RATING_TENTHS = 35
PRIOR_SESSIONS = 5
"""A newcomer counts as somebody with this many sessions of a middling rating (a Bayesian prior)."""


@dataclass(frozen=True, slots=True)
class Skill:
    """``name`` is the normal name, ``shown`` the expert's own words."""

    name: str
    shown: str
    level: SkillLevel
    years: int

    @property
    def strength(self) -> int:
        """Level and years together, in percent; years beyond ``YEARS_THAT_COUNT`` add nothing."""
        years = 100 * min(self.years, YEARS_THAT_COUNT) // YEARS_THAT_COUNT
        return (LEVEL_SHARE * LEVEL_WEIGHTS[self.level] + YEARS_SHARE * years) // 100


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of every week; one that ends at or before its start ends on the next day."""

    day: Day
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Absence:
    """A period without disturbance, from one instant to another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Availability:
    """Without a schedule somebody is always reachable."""

    timezone: str = "UTC"
    schedule: tuple[Slot, ...] = ()
    max_weekly_hours: int | None = None
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class Communication:
    channels: tuple[str, ...] = ()
    response_time: str = ""


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    language: str
    fluency: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What came of an expert's help: sessions rated, the sum of their stars, points from contributions."""

    sessions: int = 0
    stars: int = 0
    points: Amount = NO_POINTS

    @property
    def score_tenths(self) -> int:
        """0 to 50: the mean rating, drawn towards ``PRIOR_RATING_TENTHS`` while there are few."""
        stars = PRIOR_SESSIONS * PRIOR_RATING_TENTHS + 10 * self.stars
        sessions = PRIOR_SESSIONS + self.sessions
        return (2 * stars + sessions) // (2 * sessions)


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody says of themselves when they register."""

    skills: tuple[Skill, ...]
    specializations: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    availability: Availability = Availability()
    communication: Communication = Communication()


@dataclass(frozen=True, slots=True)
class Expert:
    id: str
    principal_id: str
    name: str
    skills: tuple[Skill, ...]
    specializations: tuple[str, ...]
    platforms: tuple[str, ...]
    languages: tuple[SpokenLanguage, ...]
    availability: Availability
    communication: Communication
    registered_at: datetime
    standing: Standing = Standing()


def presence(availability: Availability, now: datetime) -> Presence:
    """Whether the expert's own schedule and absences leave them free at ``now``."""
    if any(absence.start <= now < absence.end for absence in availability.absences):
        return "do_not_disturb"
    if not availability.schedule:
        return "available"
    zone = ZoneInfo(availability.timezone)
    today = now.astimezone(zone).date()
    # A slot of yesterday may reach past midnight.
    open_now = any(start <= now < end for start, end in _openings(availability, today - timedelta(days=1), 2))
    return "available" if open_now else "away"


def next_opening(availability: Availability, now: datetime) -> datetime | None:
    """When the expert is free next, from ``now`` on; None when not within ``LOOK_AHEAD_DAYS``."""
    if presence(availability, now) == "available":
        return now
    instants = [absence.end for absence in availability.absences if absence.end > now]
    today = now.astimezone(ZoneInfo(availability.timezone)).date()
    instants += [start for start, _ in _openings(availability, today, LOOK_AHEAD_DAYS) if start > now]
    return next((instant for instant in sorted(instants) if presence(availability, instant) == "available"), None)


def _openings(availability: Availability, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """The slots of ``days`` local days as instants; a clock change makes one longer or shorter, as on the wall."""
    zone = ZoneInfo(availability.timezone)
    for offset in range(days):
        day = first + timedelta(days=offset)
        for slot in availability.schedule:
            if DAYS.index(slot.day) == day.weekday():
                last = day if slot.end > slot.start else day + timedelta(days=1)
                yield datetime.combine(day, slot.start, zone), datetime.combine(last, slot.end, zone)
