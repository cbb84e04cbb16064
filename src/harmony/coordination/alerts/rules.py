"""Rules and the alerts they raise: the nouns, the states and every move between them.

An alert is ``pending`` while its condition has not held for long enough, then ``firing``, then ``resolved``; a pending
one whose condition ends is ``cancelled``. The next time is another alert, with an id of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

State = Literal["pending", "firing", "resolved", "cancelled"]
STATES: tuple[State, ...] = get_args(State)
Severity = Literal["info", "warning", "critical"]

MOVES: frozenset[tuple[State | None, State]] = frozenset(
    {
        (None, "pending"),
        (None, "firing"),
        ("pending", "firing"),
        ("pending", "cancelled"),
        ("firing", "resolved"),
    }
)
ACTIVE: frozenset[State] = frozenset({"pending", "firing"})

RULES_LIMIT = 200
RULE_NAME_LIMIT_CHARACTERS = 64
COMPONENTS_LIMIT = 50
CHANNELS_LIMIT = 10
BY_LIMIT = 3
GROUP_BY_LIMIT = 4
RULE_LABELS_LIMIT = 8
MUTE_TIMES_LIMIT = 8
SUMMARY_LIMIT_CHARACTERS = 300
FOR_LIMIT_SECONDS = 7 * 86_400
INTERVAL_DEFAULT_SECONDS = 30
INTERVAL_LIMIT_SECONDS = 86_400
REPEAT_LEAST_SECONDS = 10
REPEAT_LIMIT_SECONDS = 7 * 86_400
SILENCES_LIMIT = 500
SILENCE_LIMIT_SECONDS = 30 * 86_400
MATCHERS_LIMIT = 8
ALERTS_KEPT_SECONDS = 30 * 86_400
ALERTS_LIMIT = 50_000
"""Active ones at a time; what is more is not raised until others end."""
SETTLE_SECONDS = 0.1
SETTLE_LIMIT_SECONDS = 0.8
"""A group is told once it has been quiet for the one, at the latest after the other."""
SUPPRESSED_LOOK_SECONDS = 15.0
"""How often an alert that is silenced, inhibited or muted is looked at again."""
ORCHESTRA = "orchestra"
"""The target of a condition that looks at no component."""
_PLACE = re.compile(r"\{([a-z_]+(?:\.[A-Za-z_][A-Za-z0-9_]*)?)\}")
PLACES = frozenset({"alert_name", "component", "component_id", "value", "severity", "condition"})

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MuteTime:
    """On these days (0 is Monday) from one time of day to another, over midnight if that is earlier, in a zone."""

    days: tuple[int, ...]
    begins: time
    ends: time
    zone: str

    def covers(self, now: datetime) -> bool:
        local = now.astimezone(ZoneInfo(self.zone))
        at = local.time().replace(tzinfo=None)
        if self.begins < self.ends:
            return local.weekday() in self.days and self.begins <= at < self.ends
        yesterday = (local.weekday() - 1) % 7
        return (local.weekday() in self.days and at >= self.begins) or (yesterday in self.days and at < self.ends)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, where, for how long, and who is told. No ``components``: all of them."""

    name: str
    condition: str
    components: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    severity: Severity = "warning"
    for_seconds: float = 0.0
    keep_firing_seconds: float = 0.0
    labels: Labels = field(default_factory=dict)
    by: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ("alert_name",)
    group_interval_seconds: float = INTERVAL_DEFAULT_SECONDS
    repeat_seconds: float | None = None
    mute_times: tuple[MuteTime, ...] = ()
    summary: str | None = None
    enabled: bool = True
    built_in: bool = False
    version: int = 1

    def is_muted(self, now: datetime) -> bool:
        return any(one.covers(now) for one in self.mute_times)


@dataclass(frozen=True, slots=True)
class Place:
    """Which alert of a rule: its target and the values of the labels that tell alerts apart."""

    rule: str
    target: str
    told_apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """``since`` is when its condition began to hold, ``false_since`` when it last ceased to while it goes on firing."""

    id: str
    place: Place
    state: State
    since: datetime
    labels: Labels
    group_key: str
    summary: str
    trace: str
    value: float | None = None
    fired_at: datetime | None = None
    false_since: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None
    reminded_at: datetime | None = None
    end_told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A label's value; ``*`` at the end of ``value`` stands for any rest. A label that is missing is empty."""

    label: str
    value: str

    def fits(self, labels: Labels) -> bool:
        found = labels.get(self.label, "")
        return found.startswith(self.value[:-1]) if self.value.endswith("*") else found == self.value


@dataclass(frozen=True, slots=True)
class Silence:
    id: str
    matchers: tuple[Match, ...]
    begins_at: datetime
    ends_at: datetime
    reason: str
    created_by: str

    def covers(self, labels: Labels, now: datetime) -> bool:
        return self.begins_at <= now < self.ends_at and all(match.fits(labels) for match in self.matchers)


@dataclass(frozen=True, slots=True)
class Inhibition:
    """While an alert of ``source`` fires, those of ``targets`` with the same ``equal`` labels are not told."""

    source: str
    targets: frozenset[str]
    equal: tuple[str, ...]


INHIBITIONS: tuple[Inhibition, ...] = (
    Inhibition("component-offline", frozenset({"component-degraded"}), ("component_id",)),
    Inhibition("conductor-doubts-itself", frozenset({"component-degraded", "component-offline"}), ()),
)
"""What goes without saying: who is offline is also degraded, and a Conductor in doubt is not to be believed."""


def moved(alert: Alert, truth: bool, rule: Rule, now: datetime) -> Alert:
    """An active alert once its condition was looked at; the same one when nothing changed."""
    if alert.state == "pending":
        if not truth:
            return replace(alert, state="cancelled", ended_at=now)
        if now - alert.since >= timedelta(seconds=rule.for_seconds):
            return replace(alert, state="firing", fired_at=now)
        return alert
    if alert.state != "firing":
        return alert
    if truth:
        return alert if alert.false_since is None else replace(alert, false_since=None)
    since = alert.false_since or now
    if now - since >= timedelta(seconds=rule.keep_firing_seconds):
        return replace(alert, state="resolved", false_since=since, ended_at=now)
    return alert if alert.false_since is not None else replace(alert, false_since=now)


def raised(alert_id: str, place: Place, rule: Rule, value: float | None, now: datetime, trace: str) -> Alert:
    """A new alert: it fires at once unless the rule waits."""
    labels = labels_of(rule, place)
    fires = rule.for_seconds <= 0
    return Alert(
        id=alert_id,
        place=place,
        state="firing" if fires else "pending",
        since=now,
        labels=labels,
        group_key=group_key(rule, labels),
        summary=summary_of(rule, place, labels, value),
        trace=trace,
        value=value,
        fired_at=now if fires else None,
    )


def deadline(alert: Alert, rule: Rule) -> datetime | None:
    """When an active alert moves by itself if its condition stays as it is."""
    if alert.state == "pending":
        return alert.since + timedelta(seconds=rule.for_seconds)
    if alert.state == "firing" and alert.false_since is not None:
        return alert.false_since + timedelta(seconds=rule.keep_firing_seconds)
    return None


def labels_of(rule: Rule, place: Place) -> dict[str, str]:
    return {
        **rule.labels,
        **dict(place.told_apart),
        "alert_name": rule.name,
        "severity": rule.severity,
        "component_id": place.target,
        "component": component_name(place.target),
    }


def component_name(target: str) -> str:
    return re.sub(r"-\d{3,}\Z", "", target)


def group_key(rule: Rule, labels: Labels) -> str:
    """Alerts with the same one are told in one message; who is told is part of it."""
    parts = [f"{name}={labels.get(name, '')}" for name in sorted(rule.group_by)]
    return " ".join([*parts, f"to={','.join(sorted(rule.channels)) or '-'}"])


def summary_of(rule: Rule, place: Place, labels: Labels, value: float | None) -> str:
    """What the alert says. A place in the summary is replaced by its word; nothing in it is evaluated."""
    shown = "no value" if value is None else f"{value:.6g}"
    words = {
        "alert_name": rule.name,
        "component": component_name(place.target),
        "component_id": place.target,
        "value": shown,
        "severity": rule.severity,
        "condition": rule.condition,
    } | {f"labels.{name}": text for name, text in labels.items()}
    if rule.summary is None:
        apart = "".join(f" {name}={text}" for name, text in place.told_apart)
        return f"{place.target}{apart}: {rule.condition} ({shown})"
    return _PLACE.sub(lambda found: words.get(found[1], ""), rule.summary)


def unknown_places(summary: str) -> list[str]:
    """Places that no word stands for."""
    return [one for one in _PLACE.findall(summary) if one not in PLACES and not one.startswith("labels.")]


def inhibited(labels: Labels, firing: Iterable[Labels]) -> bool:
    """Whether another alert that fires makes this one go without saying."""
    rules = [one for one in INHIBITIONS if labels["alert_name"] in one.targets]
    return bool(rules) and any(
        other["alert_name"] == one.source and all(other.get(name) == labels.get(name) for name in one.equal)
        for other in firing
        for one in rules
    )
