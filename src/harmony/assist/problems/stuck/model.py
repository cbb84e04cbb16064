"""The nouns of being stuck: events, what they give away, and what is concluded from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Role(StrEnum):
    USER = "user"
    AGENT = "agent"
    TOOL = "tool"
    OTHER = "other"


class Privacy(StrEnum):
    """What of an event may be looked at.

    ``high``: roles, tool names, error flags, and whether two texts are equal; no words, so neither a call for help nor
    an instruction to wait is heard. ``standard``: also what agent and tools wrote; of the user's words only the fixed
    phrases and counts, never quoted. ``open``: everything.
    """

    HIGH = "high"
    STANDARD = "standard"
    OPEN = "open"


class Level(IntEnum):
    NONE = 0
    NUDGE = 1
    ALARM = 2


class Kind(StrEnum):
    REPEATED_ERROR = "repeated_error"
    SAME_ACTION = "same_action"
    CYCLE = "cycle"
    DRIFT = "drift"
    MONOLOGUE = "monologue"
    EDIT_RUN_FAIL = "edit_run_fail"
    ABANDONED = "abandoned_attempts"
    ASK = "ask"


class Remedy(StrEnum):
    """What to do about it, in the order in which it is tried."""

    NUDGE = "nudge"
    KNOWN_SOLUTIONS = "known_solutions"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``error`` is None when the source does not say."""

    role: Role
    text: str = ""
    tool: str = ""
    args: str = ""
    name: str = ""
    error: bool | None = None

    @property
    def acts(self) -> bool:
        return self.role is Role.AGENT and self.tool != ""


@dataclass(frozen=True, slots=True)
class Step:
    """An action with its result, reduced to what comparison needs; keys are equal when the things are alike.

    ``raw`` is the literal action, ``action`` what it intends, ``outcome`` the result without what always changes,
    ``signature`` the failure without its numbers, ``tally`` its counts of failed and passed. ``words`` are kept only
    where similarity is asked.
    """

    at: int
    end: int
    tool: str
    raw: int
    action: int
    thought: int
    outcome: int
    signature: int
    tally: int
    failed: bool
    fruitless: bool
    edits: bool
    undoes: bool
    waits: bool
    obstacle: str
    words: frozenset[str]
    did: str
    got: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A message of the agent that came with no action."""

    at: int
    key: int
    words: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of evidence: where it happened and what was seen, redacted and safe to print."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One way of being stuck, seen: how strongly, in how many rounds, where."""

    kind: Kind
    level: Level
    rounds: int
    needed: int
    seen: tuple[Step | Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said to the user. ``confidence`` is the share of such findings that were right where it was measured."""

    at: int
    kind: Kind
    level: Level
    rounds: int
    confidence: float
    surmountable: bool
    obstacle: str
    remedy: Remedy
    lines: tuple[Line, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a run stands. ``score``: how likely a bad end is; ``outlook``: the part of it from the first events."""

    events: int
    standing: Finding | None
    alarms: tuple[Finding, ...]
    alarm_at: int | None
    score: float
    outlook: float | None

    @property
    def stuck(self) -> bool:
        return self.standing is not None and self.standing.level is Level.ALARM

    @property
    def nudge(self) -> bool:
        return self.standing is not None and self.standing.level is Level.NUDGE
