"""The nouns of redaction: a rule, a span, what a text became. Pure; named tuples, because they import at once."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["secret", "personal", "literal"]

LAST_GROUP = -1
"""As ``Rule.group``: the last group that took part in the match, for patterns with one group a quoting style."""


def words(text: str) -> frozenset[str]:
    """The words of ``text``, for tables that read as prose."""
    return frozenset(text.split())


class Rule(NamedTuple):
    """One thing to hide, as data.

    With ``keywords`` (lower case) the pattern is tried only where one of them occurs, anchored there; ``before`` lets
    letters, digits and these characters, up to ``reach`` of them, stand in front of the keyword and belong to the
    match; not ``anchored``, they only say whether to search. Without keywords the pattern is always searched for.
    ``group`` is what gets hidden. ``check`` names a test that can refuse a match, ``finder`` one that computes the
    spans from it, ``proof`` a checksum or structure that, when it holds, makes the finding certain. Names are those
    of ``checks.py``.
    """

    id: str
    kind: Kind
    label: str
    keywords: tuple[str, ...]
    pattern: str
    group: int = 0
    before: str | None = None
    reach: int = 64
    check: str = "credible_token"
    proof: str = ""
    finder: str = ""
    anchored: bool = True


class Span(NamedTuple):
    """``text[start:end]`` of the original, hidden by ``rule`` as ``type``."""

    start: int
    end: int
    rule: str
    type: str


class Finding(NamedTuple):
    """What the engine found; ``certain`` when a checksum or structure proved it."""

    start: int
    end: int
    rule: Rule
    certain: bool


class Hidden(NamedTuple):
    """One line of the report: what was hidden and why, and never what it was."""

    rule: str
    kind: Kind
    type: str
    start: int
    end: int
    placeholder: str
    certain: bool


class Redacted(NamedTuple):
    """A text fit to leave, and where in the original something was taken out."""

    text: str
    spans: tuple[Span, ...]
    report: tuple[Hidden, ...]
