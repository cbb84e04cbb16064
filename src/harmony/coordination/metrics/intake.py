"""What this process has heard lately: every series' last value, and the recent samples of those that rules look at.

Soft state: what is here is written to the database in batches and read back from there after a start. No I/O here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from harmony.adapters.bus.bells import Bells
from harmony.coordination.metrics.model import (
    NO_LABELS,
    SERIES_LIMIT,
    SERIES_TOTAL_LIMIT,
    Allowance,
    Key,
    Labels,
    Latest,
    Sample,
    component_of,
)

BELL = "metrics"
"""Rung when samples have come."""
HEARD_LIMIT = 50_000
"""Beats that wait to be taken up while the process is busy; beyond it samples are let go."""
PENDING_LIMIT_SAMPLES = 200_000
"""Waiting to be written while the database does not answer; beyond it the oldest are let go."""

Numbers = Mapping[str, int | float]


class Track:
    """The recent samples of one series, in order, for as long as a rule looks back."""

    __slots__ = ("instants", "values")

    def __init__(self) -> None:
        self.instants: list[datetime] = []
        self.values: list[float] = []

    def add(self, at: datetime, value: float, kept_since: datetime) -> None:
        if self.instants and at < self.instants[-1]:
            at = self.instants[-1]
        self.instants.append(at)
        self.values.append(value)
        outdated = bisect_left(self.instants, kept_since) - 1  # one before the range is where an increase begins
        if outdated > len(self.instants) // 4:
            del self.instants[:outdated]
            del self.values[:outdated]

    def within(self, after: datetime, upto: datetime) -> Sequence[float]:
        """The values after an instant, up to another."""
        return self.values[bisect_right(self.instants, after) : bisect_right(self.instants, upto)]

    def grown(self, after: datetime, upto: datetime) -> Sequence[float]:
        """The same with the value that stood before, if it is not older than the range is long."""
        begin = bisect_right(self.instants, after)
        if begin and after - self.instants[begin - 1] <= upto - after:
            begin -= 1
        return self.values[begin : bisect_right(self.instants, upto)]

    def last(self, upto: datetime) -> tuple[datetime, float] | None:
        place = bisect_right(self.instants, upto) - 1
        return None if place < 0 else (self.instants[place], self.values[place])


class Intake:
    """The samples of one process. ``take`` is called for every beat and costs next to nothing until ``absorb``."""

    def __init__(self, bells: Bells, monotonic: Callable[[], float]) -> None:
        self._bells = bells
        self._monotonic = monotonic
        self._heard: deque[tuple[str, Numbers, Labels, datetime]] = deque()
        self._allowances: dict[str, Allowance] = {}
        self._tracked: dict[str, float] = {}
        self._many = 0
        self.latest: dict[str, dict[tuple[str, Labels], tuple[datetime, float]]] = {}
        """By component id, then by name and labels."""
        self.tracks: dict[str, dict[tuple[str, Labels], Track]] = defaultdict(dict)
        self.pending: deque[Sample] = deque()
        self.numbers: dict[Key, int] = {}
        """What the database calls each series."""
        self.touched: set[str] = set()
        """Components heard of since a watcher last asked."""
        self.lost = 0
        """Samples that were let go because the database did not take them."""

    def take(self, component_id: str, metrics: Numbers, now: datetime) -> None:
        """What a beat brought; never refused: samples beyond the component's allowance are dropped and counted."""
        if metrics and self.allowed(component_id, len(metrics)):
            self.put(component_id, metrics, NO_LABELS, now)

    def allowed(self, component_id: str, many: int) -> bool:
        if (allowance := self._allowances.get(component_id)) is None:
            allowance = self._allowances[component_id] = Allowance(at=self._monotonic())
        if allowance.take(many, self._monotonic()):
            return True
        allowance.dropped += many
        return False

    def wait_seconds(self, component_id: str, many: int) -> int:
        return self._allowances[component_id].wait_seconds(many)

    def dropped(self, component_id: str) -> int:
        """How many samples of a component were not taken since this process began."""
        found = self._allowances.get(component_id)
        return 0 if found is None else found.dropped

    def put(self, component_id: str, metrics: Numbers, labels: Labels, now: datetime) -> None:
        if len(self._heard) >= HEARD_LIMIT:
            self.lost += len(metrics)
            return
        self._heard.append((component_id, metrics, labels, now))
        self._bells.ring(BELL)

    def room_for(self, component_id: str, keys: Iterable[tuple[str, Labels]]) -> bool:
        """Whether these series of a component are known or fit beside those that are."""
        known = self.latest.get(component_id, {})
        waiting = {(name, labels) for one, numbers, labels, _ in self._heard if one == component_id for name in numbers}
        fresh = (set(keys) | waiting) - known.keys()
        return len(known) + len(fresh) <= SERIES_LIMIT and self._many + len(fresh) <= SERIES_TOTAL_LIMIT

    def fresh(self) -> set[str]:
        """The components that were heard of since this was last called, their samples taken up."""
        self.absorb()
        touched, self.touched = self.touched, set()
        return touched

    def absorb(self) -> None:
        """Take up what was heard since the last time."""
        while self._heard:
            component_id, metrics, labels, at = self._heard.popleft()
            self.touched.add(component_id)
            latest = self.latest.setdefault(component_id, {})
            for name, value in metrics.items():
                place = (name, labels)
                if place not in latest:
                    if len(latest) >= SERIES_LIMIT or self._many >= SERIES_TOTAL_LIMIT:
                        self._allowances.setdefault(component_id, Allowance()).dropped += 1
                        continue
                    self._many += 1
                number = float(value)
                latest[place] = (at, number)
                self._track(component_id, place, at, number)
                self.pending.append(Sample(Key(component_id, name, labels), at, number))
        while len(self.pending) > PENDING_LIMIT_SAMPLES:
            self.pending.popleft()
            self.lost += 1

    def track(self, looked_at: Mapping[str, float]) -> set[str]:
        """Keep the recent samples of these names for so many seconds; those that were not kept so far back before."""
        grown = {name for name, seconds in looked_at.items() if seconds > self._tracked.get(name, 0.0)}
        self._tracked = dict(looked_at)
        for tracks in self.tracks.values():
            for place in [place for place in tracks if place[0] not in looked_at]:
                del tracks[place]
        return grown

    def recall(self, samples: Iterable[Sample]) -> None:
        """Samples from the database, oldest first, in the place of the tracks of their series."""
        recalled: dict[Key, Track] = {}
        for sample in samples:
            track = recalled.setdefault(sample.key, Track())
            track.add(sample.at, sample.value, sample.at - timedelta(seconds=self._kept(sample.key.name)))
        for key, track in recalled.items():
            place = (key.name, key.labels)
            newest = track.instants[-1]
            older = self.tracks[key.component_id].get(place)
            if older is not None:
                for at, value in zip(older.instants, older.values, strict=True):
                    if at > newest:
                        track.add(at, value, at - timedelta(seconds=self._kept(key.name)))
            self.tracks[key.component_id][place] = track

    def know(self, found: Iterable[Latest]) -> None:
        """Last values from the database, of series that were not heard of here."""
        for one in found:
            latest = self.latest.setdefault(one.key.component_id, {})
            if (one.key.name, one.key.labels) not in latest:
                latest[one.key.name, one.key.labels] = (one.at, one.value)
                self._many += 1

    def forget(self, before: datetime) -> None:
        """Series that have been silent since an instant."""
        for component_id in list(self.latest):
            latest = self.latest[component_id]
            for place in [place for place, (at, _) in latest.items() if at < before]:
                del latest[place]
                self.numbers.pop(Key(component_id, *place), None)
                self._many -= 1
                self.tracks.get(component_id, {}).pop(place, None)
            if not latest:
                del self.latest[component_id]
                self.tracks.pop(component_id, None)
                self._allowances.pop(component_id, None)

    def listed(self, component_id: str | None = None) -> list[Latest]:
        """The last value of every series, or of one component's, in order."""
        ids = sorted(self.latest) if component_id is None else [component_id]
        return [
            Latest(Key(one, name, labels), component_of(one), at, value)
            for one in ids
            for (name, labels), (at, value) in sorted(self.latest.get(one, {}).items())
        ]

    def _kept(self, name: str) -> float:
        return self._tracked.get(name, 0.0)

    def _track(self, component_id: str, place: tuple[str, Labels], at: datetime, value: float) -> None:
        seconds = self._tracked.get(place[0])
        if seconds is None:
            return
        track = self.tracks[component_id].get(place)
        if track is None:
            track = self.tracks[component_id][place] = Track()
        track.add(at, value, at - timedelta(seconds=seconds))
