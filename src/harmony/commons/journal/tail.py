"""The tail: the newest entries in memory, read once for all followers of a process."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from harmony.commons.journal.model import READ_LIMIT_ENTRIES, TAIL_LIMIT_ENTRIES, Batch, Entry, Head, Selection


class Tail:
    """Every entry behind ``begins`` up to ``end`` of the log ``epoch``; all None before the first ``begin``."""

    def __init__(self, limit: int = TAIL_LIMIT_ENTRIES) -> None:
        self.epoch: str | None = None
        self.begins: int | None = None
        self.end: int | None = None
        self._limit = limit
        self._entries: list[Entry] = []
        self._revisions: list[int] = []
        self._wakers: dict[asyncio.Event, tuple[asyncio.Task[None], int]] = {}

    def begin(self, head: Head) -> None:
        """Know nothing but where the log ends now."""
        self.epoch, self.begins, self.end = head.epoch, head.revision, head.revision
        self._entries, self._revisions = [], []

    def add(self, entries: Sequence[Entry]) -> None:
        """Go on with the entries behind ``end``; the oldest are let go beyond the limit."""
        if not entries:
            return
        self._entries += entries
        self._revisions += [entry.revision for entry in entries]
        self.end = entries[-1].revision
        surplus = len(self._entries) - self._limit
        if surplus > self._limit // 4:  # now and then, not for each entry
            self.begins = self._revisions[surplus - 1]
            del self._entries[:surplus]
            del self._revisions[:surplus]

    def after(self, revision: int, selection: Selection) -> Batch | None:
        """What ``selection`` wants behind a revision; None when the tail does not reach so far."""
        if self.begins is None or self.end is None or not self.begins <= revision <= self.end:
            return None
        found: list[Entry] = []
        for place in range(bisect_right(self._revisions, revision), len(self._entries)):
            if selection.matches(self._entries[place]):
                found.append(self._entries[place])
                if len(found) == READ_LIMIT_ENTRIES:
                    return Batch(tuple(found), found[-1].revision)
        return Batch(tuple(found), self.end)

    @contextmanager
    def woken_by(self, closing: asyncio.Event, wake: Callable[[], None]) -> Iterator[None]:
        """While a follower is in the block, ``closing`` wakes it: one task for all that share the event."""
        task, many = self._wakers.get(closing) or (asyncio.create_task(_wake_at(closing, wake)), 0)
        self._wakers[closing] = (task, many + 1)
        try:
            yield
        finally:
            task, many = self._wakers[closing]
            self._wakers[closing] = (task, many - 1)
            if many == 1:
                del self._wakers[closing]
                task.cancel()


async def _wake_at(closing: asyncio.Event, wake: Callable[[], None]) -> None:
    await closing.wait()
    wake()
