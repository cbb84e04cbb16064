"""Dry run: what a rule would have done over the samples that are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from harmony.adapters.db.unit_of_work import Connection
from harmony.coordination.alerts.condition import looked_at
from harmony.coordination.alerts.errors import HistoryUnfit
from harmony.coordination.alerts.rules import Alert, Place, Rule, raised
from harmony.coordination.alerts.watch import Looked, Move, Raise, Watch
from harmony.coordination.metrics import service as metrics
from harmony.coordination.metrics.intake import Track
from harmony.coordination.metrics.model import RAW_KEPT_SECONDS, Labels, Sample

STEPS_LIMIT = 2_000
JUDGEMENTS_LIMIT = 200_000
FIRINGS_LIMIT = 500
NEVER = "no rule follows this"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would have fired (``ended_at`` None: it still does), at how many instants it was looked."""

    alerts: tuple[Alert, ...]
    looks: int
    samples: int
    truncated: bool


async def rehearse(
    connection: Connection, rule: Rule, start: datetime, end: datetime, step_seconds: float, now: datetime
) -> Rehearsal:
    """Look at a rule from ``start`` to ``end`` every ``step_seconds``; nothing is told or kept.

    Raises ``HistoryUnfit``.
    """
    if start >= end:
        raise HistoryUnfit("start must lie before end", field="start")
    if (now - start).total_seconds() > RAW_KEPT_SECONDS:
        raise HistoryUnfit(f"raw samples are kept for {RAW_KEPT_SECONDS} s", field="start")
    if (end - start) / timedelta(seconds=step_seconds) > STEPS_LIMIT:
        raise HistoryUnfit(f"a dry run takes at most {STEPS_LIMIT} steps", field="step_seconds")
    wanted = looked_at(Looked.at(rule).node)
    after = start - timedelta(seconds=2 * max(wanted.values(), default=0.0))
    samples = await metrics.history(connection, sorted(wanted), after, end, rule.components)
    return walk_through(rule, samples, start, end, step_seconds)


def walk_through(
    rule: Rule, samples: Iterable[Sample], start: datetime, end: datetime, step_seconds: float
) -> Rehearsal:
    """The same over samples at hand, oldest first."""
    tracks: dict[str, dict[tuple[str, Labels], Track]] = defaultdict(dict)
    long_ago = start - timedelta(days=365)
    many = 0
    for sample in samples:
        track = tracks[sample.key.component_id].setdefault((sample.key.name, sample.key.labels), Track())
        track.add(sample.at, sample.value, long_ago)
        many += 1
    watch = Watch()
    watch.take_rules([replace(rule, enabled=True)], NEVER)
    found: list[Alert] = []
    at, looks = start, 0
    bound = min(STEPS_LIMIT, JUDGEMENTS_LIMIT // max(1, len(tracks)))
    while at <= end and looks <= bound and len(found) < FIRINGS_LIMIT:
        for change in list(watch.judge(tracks, None, at, timely=True)):
            moved = _carried_out(change, len(found), looks, at)
            watch.keep(moved)
            if moved.state == "resolved":
                found.append(moved)
        looks += 1
        at += timedelta(seconds=step_seconds)
    found += [alert for alert in watch.active.values() if alert.state == "firing"]
    ordered = sorted(found, key=lambda alert: (alert.since, alert.place.target))[:FIRINGS_LIMIT]
    return Rehearsal(tuple(ordered), looks, many, at <= end)


def _carried_out(change: Raise | Move, number: int, look: int, at: datetime) -> Alert:
    if isinstance(change, Move):
        return change.after
    place: Place = change.place
    return raised(f"rehearsed-{look}-{number}-{place.target}", place, change.rule, change.value, at, "")
