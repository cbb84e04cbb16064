"""The ways of being stuck, each a pure function of the last steps (newest last) since the user spoke.

Thresholds are those of the published rules where there are any (OpenHands: the same action with the same result four
times, with an error three times for a nudge, an alternation of six steps, three messages without an action) and
otherwise the smallest that leave runs in peace that went well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harmony.assist.problems.stuck.likeness import overlap
from harmony.assist.problems.stuck.model import Kind, Level, Saying, Signal, Step

WINDOW_STEPS = 40
SAME_NUDGE, SAME_ALARM = 3, 4
REASONED_ALARM = 5
"""The same action with the same result, but the agent gave new reasons for it."""
WAITING_FACTOR = 3
"""How much more patience there is for what looks like waiting without being told to."""
CYCLE_STEPS = 8
CYCLE_NUDGE, CYCLE_ALARM = 2, 3
DRIFT_WINDOW_STEPS = 12
DRIFT_OVERLAP = 0.7
DRIFT_NUDGE, DRIFT_ALARM = 4, 6
FIXING_NUDGE, FIXING_ALARM = 3, 5
UNDONE_NUDGE, UNDONE_ALARM = 2, 3
TALK_NUDGE, TALK_ALARM = 3, 4
ECHO_ALARM = 3
ECHO_OVERLAP = 0.6
SEEN_LIMIT = 12
"""Steps kept as evidence: the newest."""


def of_steps(window: Sequence[Step]) -> Signal | None:
    """The strongest signal of the window; between equals the one named first here."""
    if not window:
        return None
    found = [signal for look in (repeated, cycle, fixing, drift, undone) if (signal := look(window)) is not None]
    return max(found, key=lambda signal: signal.level, default=None)


def repeated(window: Sequence[Step]) -> Signal | None:
    """The same action over and over: with the same result, or failing however it fails while its counts stand still."""
    last = window[-1]
    same = _run(window, lambda step: (step.action, step.outcome) == (last.action, last.outcome))
    unreasoned = _run(
        window, lambda step: (step.action, step.outcome, step.thought) == (last.action, last.outcome, last.thought)
    )
    failing = _run(window, lambda step: step.failed and (step.action, step.tally) == (last.action, last.tally))
    patience = WAITING_FACTOR if last.waits else 1
    rounds = max(same, failing)
    if failing >= SAME_ALARM * patience or unreasoned >= SAME_ALARM * patience or same >= REASONED_ALARM * patience:
        level = Level.ALARM
    elif rounds >= SAME_NUDGE * patience:
        level = Level.NUDGE
    else:
        return None
    kind = Kind.SAME_ACTION
    if failing == rounds:
        kind = Kind.REPEATED_ERROR
    elif len({step.raw for step in window[-rounds:]}) > 1:
        kind = Kind.DRIFT
    return Signal(kind, level, rounds, SAME_ALARM * patience, tuple(window[-min(rounds, SEEN_LIMIT) :]))


def cycle(window: Sequence[Step]) -> Signal | None:
    """Two to eight steps that come again and again in the same order with the same results: ping-pong and longer."""
    for length in range(2, min(CYCLE_STEPS, len(window) // CYCLE_NUDGE) + 1):
        if not any(_turn(step) != _turn(window[-1]) for step in window[-length:]):
            continue
        steps = length
        while steps < len(window) and _turn(window[-steps - 1]) == _turn(window[-steps - 1 + length]):
            steps += 1
        rounds = steps // length
        if rounds >= CYCLE_NUDGE:
            patience = WAITING_FACTOR if any(step.waits for step in window[-length:]) else 1
            level = Level.ALARM if rounds >= CYCLE_ALARM * patience else Level.NUDGE
            shown = min(length * rounds, SEEN_LIMIT)
            return Signal(Kind.CYCLE, level, rounds, CYCLE_ALARM * patience, tuple(window[-shown:]))
    return None


def drift(window: Sequence[Step]) -> Signal | None:
    """Fruitless attempts that differ little and end alike, other steps in between allowed."""
    last = window[-1]
    if not last.fruitless or last.waits:
        return None
    recent = [step for step in window[-DRIFT_WINDOW_STEPS:] if _ends_like(step, last)]
    near = [step for step in recent if step.tool == last.tool and overlap(step.words, last.words) >= DRIFT_OVERLAP]
    alike = recent if last.failed else near
    level = _level(len(alike), DRIFT_NUDGE, DRIFT_ALARM)
    if level is Level.NONE:
        return None
    kind = Kind.DRIFT if len(near) == len(alike) else Kind.REPEATED_ERROR
    return Signal(kind, level, len(alike), DRIFT_ALARM, tuple(alike[-SEEN_LIMIT:]))


def fixing(window: Sequence[Step]) -> Signal | None:
    """Edit, run, the same failure, edit, run, the same failure: a changed failure or fewer failed tests is progress."""
    last = window[-1]
    if not last.failed or last.edits:
        return None
    seen, edited = [last], False
    for step in reversed(window[:-1]):
        if step.edits:
            edited = True
        elif step.tool == last.tool and step.action == last.action:
            if step.signature != last.signature:
                break
            if edited:
                seen.append(step)
                edited = False
    level = _level(len(seen), FIXING_NUDGE, FIXING_ALARM)
    if level is Level.NONE:
        return None
    return Signal(Kind.EDIT_RUN_FAIL, level, len(seen), FIXING_ALARM, tuple(reversed(seen[:SEEN_LIMIT])))


def undone(window: Sequence[Step]) -> Signal | None:
    """Attempts given up: something failed, and what led there was taken back."""
    if not window[-1].undoes:
        return None
    seen: list[Step] = []
    failed = False
    for step in window:
        failed = failed or (step.failed and not step.undoes)
        if step.undoes and failed:
            seen.append(step)
            failed = False
    level = _level(len(seen), UNDONE_NUDGE, UNDONE_ALARM)
    if level is Level.NONE or seen[-1] is not window[-1]:
        return None
    return Signal(Kind.ABANDONED, level, len(seen), UNDONE_ALARM, tuple(seen[-SEEN_LIMIT:]))


def monologue(sayings: Sequence[Saying]) -> Signal | None:
    """The agent talks without acting and without an answer: three times nearly the same, or four times anything."""
    talked, echoed = len(sayings), 1
    for newer, older in zip(reversed(sayings), list(reversed(sayings))[1:], strict=False):
        if newer.key != older.key and overlap(newer.words, older.words) < ECHO_OVERLAP:
            break
        echoed += 1
    if echoed >= ECHO_ALARM:
        return Signal(Kind.MONOLOGUE, Level.ALARM, echoed, ECHO_ALARM, tuple(sayings[-SEEN_LIMIT:]))
    level = _level(talked, TALK_NUDGE, TALK_ALARM)
    return Signal(Kind.MONOLOGUE, level, talked, TALK_ALARM, tuple(sayings[-SEEN_LIMIT:])) if level else None


def _run(window: Sequence[Step], alike: Callable[[Step], bool]) -> int:
    """How many of the last steps are alike, without a gap."""
    count = 0
    for step in reversed(window):
        if not alike(step):
            break
        count += 1
    return count


def _turn(step: Step) -> tuple[int, int]:
    return (step.action, step.signature or step.outcome)


def _ends_like(step: Step, last: Step) -> bool:
    if last.failed:
        return step.failed and step.signature == last.signature
    return not step.failed and step.outcome == last.outcome


def _level(rounds: int, nudge: int, alarm: int) -> Level:
    if rounds >= alarm:
        return Level.ALARM
    return Level.NUDGE if rounds >= nudge else Level.NONE
