"""How alike two failures are whose hashes differ, and why two were or were not grouped.

Stacks are aligned (Needleman and Wunsch 1970) with frames near the failure counting more than those far from it
(Dang and others, "ReBucket", ICSE 2012). A likeness is a hint for a person and never groups by itself: merging two
different causes is the worse error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmony.assist.problems.fingerprints import Fingerprint, Step, rounds_of_names

STEPS_COMPARED = 16
DECAY = 0.85
"""How much less a frame counts than the one inside it."""
MESSAGE_SHARE = 0.4
"""What the message counts where both have frames; alone it is all there is."""
SIMILAR = 0.75
WORDS_COMPARED = 24

Verdict = Literal["same", "similar", "different"]
Decision = Literal["merge", "split"]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A failure as numbers, for an index: its kind, its message's words and its frames, innermost first."""

    kind: int
    words: tuple[int, ...]
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    verdict: Verdict
    likeness: float
    reasons: tuple[str, ...]


def likeness(one: Sketch, other: Sketch) -> float:
    """From 0 to 1; failures of different kinds are never alike, however alike their stacks."""
    if one.kind != other.kind:
        return 0.0
    spoken = shared(one.words, other.words)
    if not one.steps or not other.steps:
        return spoken if one.steps == other.steps else spoken * MESSAGE_SHARE
    return MESSAGE_SHARE * spoken + (1 - MESSAGE_SHARE) * aligned(one.steps, other.steps)


def shared(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of words in common (Jaccard); two messages without words are the same."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first or second else 1.0


def aligned(one: Sequence[int], other: Sequence[int]) -> float:
    """The weight of the best alignment of two stacks, innermost first, over what identical stacks would weigh."""
    most = sum(WEIGHTS[: max(len(one), len(other))])
    row = [0.0] * (len(other) + 1)
    for i, step in enumerate(one):
        diagonal, left = 0.0, 0.0
        weights = _PAIRED[i]
        for j, against in enumerate(other, start=1):
            above = row[j]
            best = above if above > left else left
            if step == against:
                met = diagonal + weights[j - 1]
                if met > best:
                    best = met
            diagonal, left = above, best
            row[j] = best
    return row[-1] / most


def compare(one: Fingerprint, other: Fingerprint, decided: Decision | None = None) -> Comparison:
    """Whether both are grouped, and the reasons in words. ``decided``: what a person said about the two."""
    reasons = _reasons(one, other)
    grade = 1.0 if one.value == other.value else _grade(one, other)
    if decided is not None:
        verb = "belong together" if decided == "merge" else "are different causes"
        verdict: Verdict = "same" if decided == "merge" else "different"
        return Comparison(verdict, grade, (f"a person decided that they {verb}", *reasons))
    if one.value == other.value:
        return Comparison("same", 1.0, ("the fingerprints are equal", *reasons))
    return Comparison("similar" if grade >= SIMILAR else "different", grade, reasons)


def _grade(one: Fingerprint, other: Fingerprint) -> float:
    numbers: dict[str, int] = {}

    def sketch(print_: Fingerprint) -> Sketch:
        words, steps = words_of(print_), names_of(print_)
        return Sketch(
            numbers.setdefault(print_.kind, len(numbers)),
            tuple(numbers.setdefault(f"word {word}", len(numbers)) for word in words),
            tuple(numbers.setdefault(f"step {name}", len(numbers)) for name in steps),
        )

    return likeness(sketch(one), sketch(other))


def words_of(print_: Fingerprint) -> list[str]:
    """The message's words, each once."""
    return list(dict.fromkeys(print_.message.split()))[:WORDS_COMPARED]


def names_of(print_: Fingerprint) -> list[str]:
    """The functions to align, innermost first; own ones, or a library's where there are no others."""
    own = [step for step in print_.steps if not step.library]
    return rounds_of_names(step.function for step in own or print_.steps)[::-1][:STEPS_COMPARED]


def _reasons(one: Fingerprint, other: Fingerprint) -> tuple[str, ...]:
    """What is equal and what differs: kind, message, causes, own frames, source, in this order."""
    return (
        _said("kind", one.kind, other.kind),
        _said("message", one.message, other.message),
        *((_said("causes", _chain(one), _chain(other)),) if one.causes or other.causes else ()),
        *_of_steps([s for s in one.steps if not s.library], [s for s in other.steps if not s.library]),
    )


def _of_steps(one: Sequence[Step], other: Sequence[Step]) -> list[str]:
    first, second = rounds_of_names(s.function for s in one), rounds_of_names(s.function for s in other)
    found = [_said("own functions", " > ".join(first), " > ".join(second))]
    if one and other and (one[-1].source or other[-1].source):
        found.append(_said("line of the innermost own frame", one[-1].source, other[-1].source))
    return found


def _said(what: str, one: str, other: str) -> str:
    return f"same {what}: {one or '(none)'}" if one == other else f"{what}: {one or '(none)'} | {other or '(none)'}"


def _chain(print_: Fingerprint) -> str:
    return ", ".join(f"{kind}: {message}" for kind, message in print_.causes)


WEIGHTS = tuple(DECAY**depth for depth in range(STEPS_COMPARED))
_PAIRED = tuple(
    tuple(WEIGHTS[max(i, j)] * DECAY ** abs(i - j) for j in range(STEPS_COMPARED)) for i in range(STEPS_COMPARED)
)
"""What a match weighs of the frame at depth i with that at depth j: less the deeper, less the further it moved."""
