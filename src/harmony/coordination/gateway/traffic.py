"""What is in flight in this process, how components did of late, what callers have used up. In memory, bounded.

Everything here comes again by itself: a fresh process begins with nobody ejected and every budget full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from harmony.coordination.gateway.errors import Overloaded, TooManyAtOnce, TooOften
from harmony.coordination.gateway.model import (
    CALLER_AT_ONCE_LIMIT,
    CALLER_BURST,
    CALLER_PER_SECOND,
    CALLERS_LIMIT,
    RETRY_BURST,
    Bucket,
    Failure,
    Record,
    earned,
)


@dataclass(slots=True)
class Counts:
    """Since the start of the process."""

    requests: int = 0
    retries: int = 0
    failures: Counter[Failure] = field(default_factory=Counter)


@dataclass(slots=True)
class Allowance:
    """What a caller has left, and how much it has in flight: a place is taken for as long as a block runs with it."""

    bucket: Bucket
    at_once: int = 0

    def __enter__(self) -> None:
        self.at_once += 1

    def __exit__(self, *_: object) -> None:
        self.at_once -= 1


class Traffic:
    """Kept by component id and by caller; ``now`` is monotonic everywhere."""

    def __init__(self, at_once: int = CALLER_AT_ONCE_LIMIT, per_second: float = CALLER_PER_SECOND) -> None:
        self._at_once = at_once
        self._per_second = per_second
        self._burst = per_second * CALLER_BURST / CALLER_PER_SECOND
        self._records: dict[str, Record] = {}
        self._ejected: dict[str, float] = {}
        self._allowances: dict[str, Allowance] = {}
        self.budget = Bucket(RETRY_BURST, 0.0)
        self.busy: Counter[str] = Counter()
        self.counts: dict[str, Counts] = {}
        self.refused: Counter[str] = Counter()
        self.panics = 0
        self.sockets = 0

    def admitted(self, caller: str, now: float) -> Allowance:
        """A place for one request of ``caller`` while a block runs with it; raises ``TooOften``, ``TooManyAtOnce``."""
        allowance = self._allowance(caller, now)
        bucket = allowance.bucket.filled(now, self._per_second, self._burst)
        if bucket.tokens < 1:
            wait = max(1, round((1 - bucket.tokens) / self._per_second))
            details = {"per_second": self._per_second, "retry_after_seconds": wait}
            raise TooOften(f"one caller may ask {self._per_second:g} times a second", details=details)
        if allowance.at_once >= self._at_once:
            details = {"limit": self._at_once, "retry_after_seconds": 1}
            raise TooManyAtOnce(f"one caller may have {self._at_once} requests in flight", details=details)
        allowance.bucket = bucket.changed(-1)
        self.budget = earned(self.budget, now)
        return allowance

    @contextmanager
    def socket(self, limit: int) -> Iterator[None]:
        """A place for one WebSocket while the block runs; raises ``Overloaded``."""
        if self.sockets >= limit:
            raise Overloaded(f"{limit} WebSockets are open", details={"limit": limit})
        self.sockets += 1
        try:
            yield
        finally:
            self.sockets -= 1

    def ejected(self, now: float) -> Collection[str]:
        """Who is ejected at this moment."""
        if not self._ejected:
            return ()
        for component_id in [one for one, until in self._ejected.items() if until <= now]:
            del self._ejected[component_id]
        return self._ejected.keys()

    def may_retry(self, component_id: str, now: float) -> bool:
        """Whether the budget has room for one try more, which is then taken from it."""
        self.budget = earned(self.budget, now).changed(0.0)
        if self.budget.tokens < 1:
            return False
        self.budget = self.budget.changed(-1)
        self._counts(component_id).retries += 1
        return True

    def began(self, component_id: str) -> None:
        self.busy[component_id] += 1
        self._counts(component_id).requests += 1

    def ended(self, component_id: str) -> None:
        self.busy[component_id] -= 1
        if self.busy[component_id] <= 0:
            del self.busy[component_id]

    def succeeded(self, component_id: str, now: float) -> None:
        record = self._records.get(component_id)
        if record is not None and (record.failures or record.times):
            self._records[component_id] = record.after_success(now)

    def failed(self, component_id: str, kind: Failure, now: float) -> bool:
        """Whether that ejected it."""
        self._counts(component_id).failures[kind] += 1
        before = self._records.get(component_id, Record())
        after = self._records[component_id] = before.after_failure(kind, now)
        if after.until != before.until:
            self._ejected[component_id] = after.until
            return True
        return False

    def record(self, component_id: str) -> Record:
        return self._records.get(component_id, Record())

    def keep_only(self, component_ids: Collection[str]) -> None:
        """Forget components that are gone and have nothing in flight; who joins anew begins anew."""
        for kept in (self._records, self._ejected, self.counts):
            for component_id in [one for one in kept if one not in component_ids and not self.busy.get(one)]:
                del kept[component_id]

    def callers(self) -> dict[str, int]:
        """Who has requests in flight, and how many."""
        return {caller: one.at_once for caller, one in self._allowances.items() if one.at_once}

    def _counts(self, component_id: str) -> Counts:
        counts = self.counts.get(component_id)
        if counts is None:
            counts = self.counts[component_id] = Counts()
        return counts

    def _allowance(self, caller: str, now: float) -> Allowance:
        allowance = self._allowances.get(caller)
        if allowance is None:
            if len(self._allowances) >= CALLERS_LIMIT:
                self._forget_idle(now)
            allowance = self._allowances[caller] = Allowance(Bucket(self._burst, now))
        return allowance

    def _forget_idle(self, now: float) -> None:
        """Who has nothing in flight and all its tokens is as good as new; should that be nobody, the idle go."""
        idle = [caller for caller, one in self._allowances.items() if not one.at_once]
        full = [one for one in idle if self._left(one, now) >= self._burst]
        for caller in full or idle:
            del self._allowances[caller]

    def _left(self, caller: str, now: float) -> float:
        return self._allowances[caller].bucket.filled(now, self._per_second, self._burst).tokens
