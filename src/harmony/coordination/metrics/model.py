"""Series and samples, their limits, and what is calculated of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, get_args

SERIES_LIMIT = 512
"""Of one component: names times sets of labels."""
SERIES_TOTAL_LIMIT = 200_000
LABELS_LIMIT = 8
LABEL_NAME_LIMIT_CHARACTERS = 32
LABEL_VALUE_LIMIT_CHARACTERS = 128
POST_LIMIT_SAMPLES = 512
SAMPLES_PER_SECOND = 500.0
SAMPLES_BURST = 5_000.0
"""Of one component; what is more is refused, or dropped from a beat and counted."""
STALE_SECONDS = 300
"""A value that is older says nothing of now."""
RAW_KEPT_SECONDS = 6 * 3_600
MINUTES_KEPT_SECONDS = 14 * 24 * 3_600
HOURS_KEPT_SECONDS = 400 * 24 * 3_600
SERIES_KEPT_SECONDS = HOURS_KEPT_SECONDS
POINTS_AIM = 240
POINTS_LIMIT = 1_440
"""Of one series in one answer."""
ANSWER_LIMIT_SERIES = 500
STEPS_SECONDS = (1, 5, 10, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800)
STEP_LIMIT_SECONDS = 30 * 86_400
RESERVED_LABELS = frozenset({"component", "component_id", "alert_name", "severity"})

Function = Literal["avg", "min", "max", "last", "rate", "increase", "p50", "p90", "p95", "p99"]
FUNCTIONS: tuple[Function, ...] = get_args(Function)
QUANTILES: Mapping[str, float] = {"p50": 0.5, "p90": 0.9, "p95": 0.95, "p99": 0.99}
Labels = tuple[tuple[str, str], ...]
"""In the order of their names."""
NO_LABELS: Labels = ()
NUMBER_SUFFIX = re.compile(r"-\d{3,}\Z")


@dataclass(frozen=True, slots=True)
class Key:
    """Which series: a name and labels of one component."""

    component_id: str
    name: str
    labels: Labels = NO_LABELS


@dataclass(frozen=True, slots=True)
class Sample:
    """A number and when it was received."""

    key: Key
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Latest:
    """The last sample of a series."""

    key: Key
    component: str
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Point:
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series over a range; a bucket without samples has no point."""

    key: Key
    component: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """From ``start`` to before ``end`` in buckets of ``step_seconds``, out of raw samples (0), minutes or hours."""

    start: datetime
    end: datetime
    step_seconds: int
    source_seconds: int
    function: Function = "avg"


@dataclass(slots=True)
class Allowance:
    """How many samples a component may send now: a bucket that fills with time."""

    left: float = SAMPLES_BURST
    at: float = 0.0
    dropped: int = field(default=0)

    def take(self, many: int, now: float) -> bool:
        self.left = min(SAMPLES_BURST, self.left + max(0.0, now - self.at) * SAMPLES_PER_SECOND)
        self.at = now
        if many > self.left:
            return False
        self.left -= many
        return True

    def wait_seconds(self, many: int) -> int:
        return max(1, math.ceil((many - self.left) / SAMPLES_PER_SECOND))


def component_of(component_id: str) -> str:
    """The component's name, as its id begins."""
    return NUMBER_SUFFIX.sub("", component_id)


def fitting_step(span: timedelta) -> int:
    """The smallest of the usual steps that draws a range in at most ``POINTS_AIM`` points."""
    for step in STEPS_SECONDS:
        if span.total_seconds() <= step * POINTS_AIM:
            return step
    return math.ceil(span.total_seconds() / POINTS_AIM)


def source_for(start: datetime, step_seconds: int, now: datetime) -> int:
    """Where a range is read from: what is still kept at its start, as coarse as its step allows."""
    age = (now - start).total_seconds()
    if age <= RAW_KEPT_SECONDS and step_seconds < 3_600:
        return 0
    return 60 if age <= MINUTES_KEPT_SECONDS and step_seconds < 86_400 else 3_600


def increase(values: Sequence[float]) -> float | None:
    """How far a counter grew over its values; what falls has begun anew at nought. None for less than two."""
    if len(values) < 2:
        return None
    return math.fsum(b - a if b >= a else b for a, b in pairwise(values))


def quantile(share: float, values: Iterable[float]) -> float | None:
    """By linear interpolation between the two nearest ranks (Hyndman and Fan's type 7); None for no values."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = (len(ordered) - 1) * min(1.0, max(0.0, share))
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def whole(value: float) -> int | float:
    """JSON has one kind of number: 150 stays 150."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
