"""What a condition says of a component at an instant. No data is neither true nor false (Kleene's third value)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from harmony.coordination.alerts.condition import (
    PER_MINUTE,
    Binary,
    Call,
    Node,
    Number,
    Series,
    Truth,
    Unary,
    bases,
    walk,
)
from harmony.coordination.metrics.intake import Track
from harmony.coordination.metrics.model import STALE_SECONDS, Labels, increase, quantile

RATE_SECONDS = 60.0

_OF_VALUES: Mapping[str, Callable[[Sequence[float]], float]] = {
    "avg": lambda values: math.fsum(values) / len(values),
    "min": min,
    "max": max,
    "sum": math.fsum,
    "count": lambda values: float(len(values)),
}
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


@dataclass(frozen=True, slots=True)
class View:
    """One component's recent samples as they were at ``now``; ``only`` are the labels that an alert is told apart by.

    A name that has several series stands for their sum; a quantile, a least or a most looks at all their samples.
    """

    tracks: Mapping[tuple[str, Labels], Track]
    now: datetime
    only: Labels = ()
    heard_since: datetime | None = None
    """Since when somebody has listened: what did not come before that is not absent. None: always."""

    def of(self, series: Series) -> list[Track]:
        found = []
        for (name, labels), track in self.tracks.items():
            if name == series.name and (not (series.matchers or self.only) or self._fits(series, labels)):
                found.append(track)
        return found

    def _fits(self, series: Series, labels: Labels) -> bool:
        own = dict(labels)
        return all(own.get(name) == value for name, value in self.only) and all(
            matcher.fits(own) for matcher in series.matchers
        )


def holds(node: Node, view: View) -> bool | None:
    """True, false, or None where there is no data."""
    match node:
        case Truth(value=value):
            return value
        case Call(function="absent", series=series):
            if _values(series, view):
                return False
            return True if _listened(series, view) else None
        case Unary(operator="not", operand=operand):
            found = holds(operand, view)
            return None if found is None else not found
        case Binary(operator="and", left=left, right=right):
            return _both(holds(left, view), holds(right, view))
        case Binary(operator="or", left=left, right=right):
            either = _both(_not(holds(left, view)), _not(holds(right, view)))
            return _not(either)
        case Binary(operator=operator, left=left, right=right):
            a, b = number(left, view), number(right, view)
            return None if a is None or b is None else _COMPARED[operator](a, b)
        case _:
            raise RuntimeError("the reader lets nothing else pass as a truth")


def number(node: Node, view: View) -> float | None:
    """A number, or None where there is no data."""
    match node:
        case Number(value=value):
            return value
        case Series():
            return _now(node, view)
        case Call():
            return _called(node, view)
        case Unary(operand=operand):
            found = number(operand, view)
            return None if found is None else -found
        case Binary(operator=operator, left=left, right=right):
            a, b = number(left, view), number(right, view)
            return None if a is None or b is None else _calculated(operator, a, b)
        case _:
            raise RuntimeError("the reader lets nothing else pass as a number")


def shown_value(node: Node, view: View) -> float | None:
    """The number that an alert is told with: the first side of the first comparison that is not written out."""
    for one in walk(node):
        if isinstance(one, Binary) and one.operator in _COMPARED:
            side = one.right if isinstance(one.left, Number) else one.left
            found = number(side, view)
            if found is not None:
                return found
    return None


def _now(series: Series, view: View) -> float | None:
    fresh = view.now - timedelta(seconds=STALE_SECONDS)
    lasts = [last for track in view.of(series) if (last := track.last(view.now)) is not None]
    values = [value for at, value in lasts if at > fresh]
    if values:
        return math.fsum(values)
    grown = [
        found
        for base in bases(series.name)
        if (found := _grown(Series(base, series.matchers, RATE_SECONDS), view)) is not None
    ]
    if not grown:
        return None
    return grown[0] * (1.0 if series.name.endswith(PER_MINUTE) else 1.0 / RATE_SECONDS)


def _called(call: Call, view: View) -> float | None:
    series = call.series
    match call.function:
        case "rate":
            grown = _grown(series, view)
            return None if grown is None else grown / _seconds(series)
        case "increase":
            return _grown(series, view)
        case "age":
            lasts = [last[0] for track in view.of(series) if (last := track.last(view.now)) is not None]
            return (view.now - max(lasts)).total_seconds() if lasts else None
        case _:
            values = _values(series, view)
            if call.share is not None:
                return quantile(call.share, values)
            return _OF_VALUES[call.function](values) if values else None


def _listened(series: Series, view: View) -> bool:
    """Whether absence was heard for as long as it is asked for."""
    return view.heard_since is None or view.now - view.heard_since >= timedelta(seconds=_seconds(series))


def _values(series: Series, view: View) -> list[float]:
    after = view.now - timedelta(seconds=_seconds(series))
    return [value for track in view.of(series) for value in track.within(after, view.now)]


def _grown(series: Series, view: View) -> float | None:
    after = view.now - timedelta(seconds=_seconds(series))
    grown = [increase(track.grown(after, view.now)) for track in view.of(series)]
    known = [one for one in grown if one is not None]
    return math.fsum(known) if known else None


def _seconds(series: Series) -> float:
    return series.seconds or float(STALE_SECONDS)


def _calculated(operator: str, a: float, b: float) -> float | None:
    match operator:
        case "+":
            found = a + b
        case "-":
            found = a - b
        case "*":
            found = a * b
        case _:
            if b == 0:
                return None
            found = a / b
    return found if math.isfinite(found) else None


def _both(a: bool | None, b: bool | None) -> bool | None:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def _not(a: bool | None) -> bool | None:
    return None if a is None else not a
