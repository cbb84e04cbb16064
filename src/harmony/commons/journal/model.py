"""The journal's nouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harmony.messages.message import Message

READ_LIMIT_ENTRIES = 500
TAIL_LIMIT_ENTRIES = 4_000
"""Newest entries that a process keeps at hand for its followers, so that a thousand of them cost one read."""
KEPT_DAYS = 90
KEPT_ENTRIES = 5_000_000
STAMP_LIMIT_ENTRIES = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One stamped fact. ``subject`` is the id of what it is about, ``trace`` ties a story together."""

    revision: int
    kind: str
    version: int
    subject: str
    payload: Mapping[str, Any]
    actor: str
    trace: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that a reader wanted, and how far it has now come: there is nothing more for it up to ``upto``."""

    entries: tuple[Entry, ...]
    upto: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fact to be appended. ``kind`` is the message's own unless it is made more exact, as a broadcast's is."""

    message: Message
    subject: str
    actor: str
    trace: str
    kind: str


@dataclass(frozen=True, slots=True)
class Head:
    """Which log this is (``epoch``), how far it is stamped, and the last revision that was pruned."""

    epoch: str
    revision: int
    compacted_revision: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries a reader wants; empty fields select everything.

    ``kinds`` are exact kinds or prefixes ending in ``*``; ``subject_prefix`` is how subjects begin.
    """

    kinds: tuple[str, ...] = ()
    subject: str | None = None
    trace: str | None = None
    subject_prefix: str | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether the reader wants ``entry``: the same answer as the database's."""
        return (
            (self.subject is None or entry.subject == self.subject)
            and (self.subject_prefix is None or entry.subject.startswith(self.subject_prefix))
            and (self.trace is None or entry.trace == self.trace)
            and (not self.kinds or any(_is_kind(entry.kind, kind) for kind in self.kinds))
        )

    def patterns(self) -> list[str] | None:
        """The kinds as LIKE patterns, None for all."""
        if not self.kinds:
            return None
        return [_like(kind) for kind in self.kinds]


def _is_kind(kind: str, wanted: str) -> bool:
    return kind.startswith(wanted[:-1]) if wanted.endswith("*") else kind == wanted


def _like(kind: str) -> str:
    escaped = kind.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped[:-1] + "%" if escaped.endswith("*") else escaped
