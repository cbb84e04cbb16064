"""A signal told: its lines redacted and safe for a terminal, how sure, what to do about it."""

from __future__ import annotations

import re

from harmony.assist.problems.stuck.model import Finding, Kind, Level, Line, Remedy, Saying, Signal, Step
from harmony.assist.problems.stuck.weights import reliability
from harmony.kernel.redaction.service import redact

LINES_LIMIT = 6
LINE_CHARACTERS = 160
PERSON_FACTOR = 2
"""So many times the rounds that an alarm needs, and known solutions have had their chance: a person is next."""
DOUBT_KEPT_A_ROUND = 0.8
"""Each round beyond the threshold leaves this share of the doubt."""
DOUBT_KEPT_BY_HINT = 0.9

_UNPRINTABLE = re.compile(
    r"\x1b\[[0-9;?]{0,20}[ -/]{0,4}[@-~]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
)


def finding(at: int, signal: Signal, hints: tuple[str, ...] = ()) -> Finding:
    """``signal``, seen at event ``at``, as what is said to the user."""
    obstacle = next((one.obstacle for one in reversed(signal.seen) if isinstance(one, Step) and one.obstacle), "")
    return Finding(
        at=at,
        kind=signal.kind,
        level=signal.level,
        rounds=signal.rounds,
        confidence=_confidence(signal, hints),
        surmountable=not obstacle,
        obstacle=obstacle,
        remedy=_remedy(signal, obstacle),
        lines=tuple(_line(one) for one in _spread(signal.seen)),
        hints=hints,
    )


def _confidence(signal: Signal, hints: tuple[str, ...]) -> float:
    doubt = 1.0 - reliability(signal.kind, signal.level)
    doubt *= DOUBT_KEPT_A_ROUND ** max(0, signal.rounds - signal.needed)
    return round(1.0 - doubt * (DOUBT_KEPT_BY_HINT if hints else 1.0), 3)


def _remedy(signal: Signal, obstacle: str) -> Remedy:
    if signal.level is Level.NUDGE:
        return Remedy.PERSON if signal.kind is Kind.ASK else Remedy.NUDGE
    if obstacle or signal.rounds >= PERSON_FACTOR * max(2, signal.needed):
        return Remedy.PERSON
    return Remedy.KNOWN_SOLUTIONS


def _spread(seen: tuple[Step | Saying, ...]) -> tuple[Step | Saying, ...]:
    """The first and the last of what was seen, when it is too much for one look."""
    half = LINES_LIMIT // 2
    return seen if len(seen) <= LINES_LIMIT else seen[:half] + seen[-half:]


def _line(one: Step | Saying) -> Line:
    if isinstance(one, Saying):
        return Line(one.at, _safe(one.text, LINE_CHARACTERS))
    done = _safe(one.did, LINE_CHARACTERS // 2)
    came = _safe(one.got, LINE_CHARACTERS // 2, end=one.failed)
    mark = "✗" if one.failed else "→"
    return Line(one.at, " ".join(part for part in (_safe(one.tool, 40), done, mark, came or "nothing") if part))


def _safe(text: str, limit: int, *, end: bool = False) -> str:
    """One line, redacted before it is cut, with nothing that a terminal would obey; failures are told by their end."""
    plain = " ".join(_UNPRINTABLE.sub(" ", redact(text).text).split())
    if len(plain) <= limit:
        return plain
    return "…" + plain[1 - limit :].lstrip() if end else plain[: limit - 1].rstrip() + "…"
