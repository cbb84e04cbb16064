"""What this process looks at: the rules, their alerts, and which of them move. No I/O; instants come as arguments.

Everything here is read back from the database after a start, so that a restart inside ``for`` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from harmony.coordination.alerts.condition import Call, Node, looked_at, moves_with_time, parse, walk
from harmony.coordination.alerts.evaluation import View, holds, shown_value
from harmony.coordination.alerts.rules import (
    ALERTS_LIMIT,
    ORCHESTRA,
    Alert,
    Place,
    Rule,
    component_name,
    deadline,
    moved,
)
from harmony.coordination.metrics.intake import Track
from harmony.coordination.metrics.model import Labels

SPARED_SECONDS = 60.0
"""After a start no data ends no alert for so long: components have to be heard of again first."""
TARGETS_APART_LIMIT = 200
"""Alerts of one rule and component that its ``by`` tells apart."""

Tracks = Mapping[str, Mapping[tuple[str, Labels], Track]]


@dataclass(frozen=True, slots=True)
class Looked:
    """A rule with its condition's tree and what that looks at."""

    rule: Rule
    node: Node
    names: frozenset[str]
    timely: bool
    absent: bool

    @classmethod
    def at(cls, rule: Rule) -> Looked:
        node = parse(rule.condition)
        absent = any(isinstance(one, Call) and one.function == "absent" for one in walk(node))
        return cls(rule, node, frozenset(looked_at(node)), moves_with_time(node), absent)

    def wants(self, component_id: str) -> bool:
        chosen = self.rule.components
        return not chosen or component_id in chosen or component_name(component_id) in chosen


@dataclass(frozen=True, slots=True)
class Raise:
    """A condition that holds where there is no active alert."""

    place: Place
    rule: Rule
    value: float | None


@dataclass(frozen=True, slots=True)
class Move:
    """An active alert that changes."""

    before: Alert
    after: Alert
    rule: Rule


class Watch:
    """The rules of one process and the alerts that are active."""

    def __init__(self) -> None:
        self.looked: dict[str, Looked] = {}
        self.rules: dict[str, Rule] = {}
        """Also those that follow the journal."""
        self.active: dict[Place, Alert] = {}
        self.heard_since: datetime | None = None
        """When this process began to listen; None: what is looked at is complete."""
        self.version: Any = None
        """Which rules these are; None: not read yet."""

    def take_rules(self, rules: Iterable[Rule], follows: str) -> dict[str, float]:
        """Look by these rules from now on; the metrics they look at, with how many seconds back."""
        self.rules = {rule.name: rule for rule in rules}
        self.looked = {
            rule.name: Looked.at(rule) for rule in self.rules.values() if rule.enabled and rule.condition != follows
        }
        wanted: dict[str, float] = {}
        for looked in self.looked.values():
            for name, seconds in looked_at(looked.node).items():
                wanted[name] = max(wanted.get(name, 0.0), seconds)
        return wanted

    def take_alerts(self, alerts: Iterable[Alert]) -> None:
        self.active = {alert.place: alert for alert in alerts}

    def keep(self, alert: Alert) -> None:
        """An alert as it now is in the database."""
        if alert.state in ("pending", "firing"):
            self.active[alert.place] = alert
        elif (known := self.active.get(alert.place)) is not None and known.id == alert.id:
            del self.active[alert.place]

    def judge(self, tracks: Tracks, touched: set[str] | None, now: datetime, *, timely: bool) -> Iterator[Raise | Move]:
        """What is to change. ``touched``: only conditions of these components, None for all; ``timely``: also those
        that move with time alone, and whatever waits for an instant."""
        seen: set[Place] = set()
        for looked in self.looked.values():
            everywhere = touched is None or (timely and looked.timely)
            for place in self._places(looked, tracks, None if everywhere else touched):
                seen.add(place)
                found = self._judged(looked, place, tracks, now)
                if found is not None:
                    yield found
        if timely or touched is None:
            yield from self._left_over(seen, tracks, touched, now)

    def next_deadline(self) -> datetime | None:
        """When the first active alert moves by itself."""
        found = [
            at
            for alert in self.active.values()
            if (rule := self.rules.get(alert.place.rule)) is not None and (at := deadline(alert, rule)) is not None
        ]
        return min(found, default=None)

    def _left_over(
        self, seen: set[Place], tracks: Tracks, touched: set[str] | None, now: datetime
    ) -> Iterator[Raise | Move]:
        """Active alerts that no target led to: those that wait for an instant, and those whose target has gone."""
        for place, alert in list(self.active.items()):
            if place in seen:
                continue
            looked = self.looked.get(place.rule)
            if looked is None:
                rule = self.rules.get(place.rule)
                if rule is None or not rule.enabled:
                    ended = moved(alert, False, replace(rule or Rule(place.rule, ""), keep_firing_seconds=0.0), now)
                    yield Move(alert, ended, rule or Rule(place.rule, ""))
                elif (after := moved(alert, alert.false_since is None, rule, now)) is not alert:
                    yield Move(alert, after, rule)  # follows the journal, and its time has come
                continue
            at = deadline(alert, looked.rule)
            if touched is None or (at is not None and at <= now):
                found = self._judged(looked, place, tracks, now, gone=touched is None)
                if found is not None:
                    yield found

    def _judged(
        self, looked: Looked, place: Place, tracks: Tracks, now: datetime, *, gone: bool = False
    ) -> Raise | Move | None:
        view = View(tracks.get(place.target, {}), now, place.told_apart, self.heard_since)
        found = None if gone else holds(looked.node, view)
        truth = found is True
        alert = self.active.get(place)
        if alert is not None and found is None and self._is_spared(now):
            return None
        if alert is None:
            if not truth or len(self.active) >= ALERTS_LIMIT:
                return None
            return Raise(place, looked.rule, shown_value(looked.node, view))
        after = moved(alert, truth, looked.rule, now)
        if after is alert:
            return None
        if truth:
            after = replace(after, value=shown_value(looked.node, view))
        return Move(alert, after, looked.rule)

    def _is_spared(self, now: datetime) -> bool:
        """Whether no data may be this process's own absence rather than the component's."""
        return self.heard_since is not None and now - self.heard_since < timedelta(seconds=SPARED_SECONDS)

    def _places(self, looked: Looked, tracks: Tracks, touched: set[str] | None) -> Iterator[Place]:
        rule = looked.rule
        if not looked.names:
            if touched is None:
                for target in rule.components or (ORCHESTRA,):
                    yield Place(rule.name, target)
            return
        for component_id in self._candidates(looked, tracks, touched):
            if not rule.by:
                yield Place(rule.name, component_id)
                continue
            for apart in self._apart(looked, tracks.get(component_id, {})):
                yield Place(rule.name, component_id, apart)

    def _candidates(self, looked: Looked, tracks: Tracks, touched: set[str] | None) -> Iterator[str]:
        """The components that a rule looks at; one that is named and has never been heard of stands for itself."""
        if touched is not None:
            yield from (one for one in touched if one in tracks and looked.wants(one))
            return
        there = [one for one in tracks if looked.wants(one)]
        yield from there
        if looked.absent:
            heard = set(there) | {component_name(one) for one in there}
            yield from (name for name in looked.rule.components if name not in heard)

    def _apart(self, looked: Looked, tracks: Mapping[tuple[str, Labels], Track]) -> list[Labels]:
        found: dict[Labels, None] = {}
        for name, labels in tracks:
            if name in looked.names:
                own = dict(labels)
                found[tuple((label, own.get(label, "")) for label in sorted(looked.rule.by))] = None
        return sorted(found)[:TARGETS_APART_LIMIT]
