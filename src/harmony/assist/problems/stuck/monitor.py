"""The online detector: events in, findings out, one pass, bounded memory."""

from __future__ import annotations

from dataclasses import replace

from harmony.assist.problems.stuck import keeping, phrases, signals
from harmony.assist.problems.stuck.events import Hide, permitted
from harmony.assist.problems.stuck.evidence import finding
from harmony.assist.problems.stuck.keeping import Kept
from harmony.assist.problems.stuck.likeness import opaque
from harmony.assist.problems.stuck.model import (
    Event,
    Finding,
    Kind,
    Level,
    Privacy,
    Remedy,
    Role,
    Saying,
    Signal,
    Step,
    Verdict,
)
from harmony.assist.problems.stuck.outlook import Outlook
from harmony.assist.problems.stuck.steps import Pairing, saying

ALARMS_KEPT = 20
"""Of a run with more alarms, the first that many are kept; the first is the one that matters."""
SAYINGS_KEPT = 8
RETELL_EVENTS = 40
"""What was told is not told again for so long, though it may come and go between two steps."""
ENDLESS_KINDS = frozenset({Kind.SAME_ACTION, Kind.CYCLE, Kind.DRIFT, Kind.REPEATED_ERROR})
"""What waiting that the user asked for looks like, and is not."""


class Monitor:
    """Watches one run. What the user says begins a new chapter: counts start again, an instruction to wait holds."""

    def __init__(self, privacy: Privacy = Privacy.STANDARD, hide: Hide = opaque) -> None:
        self._privacy = privacy
        self._hide = hide
        self._outlook = Outlook()
        self._pairing = Pairing()
        self._steps: list[Step] = []
        self._sayings: list[Saying] = []
        self._speaker = ""
        self._told_to_wait = False
        self._hints: tuple[str, ...] = ()
        self._standing: Finding | None = None
        self._told: dict[tuple[Kind, Level, Remedy], int] = {}
        self._sounded: dict[Kind, int] = {}
        self._alarms: list[Finding] = []
        self._count = 0

    def observe(self, event: Event) -> Finding | None:
        """Take in the next event; a finding when one begins or grows stronger with it, None otherwise."""
        at, self._count = self._count, self._count + 1
        seen = permitted(event, self._privacy, self._hide)
        if self._privacy is not Privacy.HIGH:
            self._outlook.observe(seen)
        before = self._standing
        if seen.role is Role.USER:
            self._hear(at, seen)
        elif seen.role is Role.AGENT and not seen.tool:
            self._listen(at, seen)
        elif seen.role is not Role.OTHER:
            self._watch(at, seen)
        return self._raised(before)

    def verdict(self) -> Verdict:
        """Where the run stands after the events so far."""
        outlook = None if self._privacy is Privacy.HIGH else self._outlook.failure()
        standing = self._standing
        stuck = standing is not None and standing.level is Level.ALARM
        return Verdict(
            events=self._count,
            standing=standing,
            alarms=tuple(self._alarms),
            alarm_at=self._alarms[0].at if self._alarms else None,
            score=max(outlook or 0.0, standing.confidence if standing is not None and stuck else 0.0),
            outlook=outlook,
        )

    def kept(self) -> Kept:
        """Everything that the events so far left behind, as JSON: ``resumed`` goes on as if nothing had happened."""
        return {
            "outlook": self._outlook.kept(),
            "pairing": [[at, keeping.plain(event)] for at, event in self._pairing.waiting],
            "steps": [keeping.plain(step) for step in self._steps],
            "sayings": [keeping.plain(one) for one in self._sayings],
            "speaker": self._speaker,
            "told_to_wait": self._told_to_wait,
            "hints": list(self._hints),
            "standing": None if self._standing is None else keeping.plain(self._standing),
            "told": [[kind, level, remedy, at] for (kind, level, remedy), at in self._told.items()],
            "sounded": [[kind, at] for kind, at in self._sounded.items()],
            "alarms": [keeping.plain(alarm) for alarm in self._alarms],
            "count": self._count,
        }

    @classmethod
    def resumed(cls, kept: Kept, privacy: Privacy, hide: Hide = opaque) -> Monitor:
        """The monitor whose ``kept`` this is; privacy and hiding are those that it was begun with."""
        monitor = cls(privacy, hide)
        monitor._outlook = Outlook.resumed(kept["outlook"])
        monitor._pairing = Pairing((at, keeping.event(item)) for at, item in kept["pairing"])
        monitor._steps = [keeping.step(item) for item in kept["steps"]]
        monitor._sayings = [keeping.saying(item) for item in kept["sayings"]]
        monitor._speaker = kept["speaker"]
        monitor._told_to_wait = kept["told_to_wait"]
        monitor._hints = tuple(kept["hints"])
        monitor._standing = None if kept["standing"] is None else keeping.finding(kept["standing"])
        monitor._told = {(Kind(kind), Level(level), Remedy(remedy)): at for kind, level, remedy, at in kept["told"]}
        monitor._sounded = {Kind(kind): at for kind, at in kept["sounded"]}
        monitor._alarms = [keeping.finding(item) for item in kept["alarms"]]
        monitor._count = kept["count"]
        return monitor

    def _hear(self, at: int, event: Event) -> None:
        """The user spoke."""
        self._steps.clear()
        self._sayings.clear()
        self._pairing.forget()
        self._standing, self._hints = None, ()
        self._told.clear()
        self._sounded.clear()
        self._told_to_wait = phrases.ASKS_TO_WAIT.search(event.text) is not None
        if phrases.FRUSTRATION.search(event.text):
            self._hints = ("the user sounds frustrated",)
        level = Level.NONE
        if phrases.ASKS_FOR_HELP.search(event.text):
            level = Level.ALARM
        elif phrases.ASKS_FOR_PERSON.search(event.text):
            level = Level.NUDGE
        if level:
            said = saying(at, event if self._privacy is Privacy.OPEN else replace(event, text="the user asks for help"))
            self._settle(at, Signal(Kind.ASK, level, 1, 1, (said,)))

    def _listen(self, at: int, event: Event) -> None:
        """The agent spoke and did nothing."""
        if event.name != self._speaker:
            self._sayings.clear()
            self._speaker = event.name
        self._sayings = [*self._sayings, saying(at, event)][-SAYINGS_KEPT:]
        signal = signals.monologue(self._sayings)
        if signal is not None:
            self._settle(at, signal)

    def _watch(self, at: int, event: Event) -> None:
        """Something was done, or its result came."""
        self._sayings.clear()
        if self._standing is not None and self._standing.kind is Kind.MONOLOGUE:
            self._standing = None
        steps = self._pairing.action(at, event) if event.acts else [self._pairing.result(at, event)]
        for step in steps:
            self._steps = [*self._steps, step][-signals.WINDOW_STEPS :]
            self._settle(at, signals.of_steps(self._steps))

    def _settle(self, at: int, signal: Signal | None) -> None:
        if signal is not None and self._told_to_wait and signal.kind in ENDLESS_KINDS:
            signal = _while_waiting(signal)
        held = self._standing
        if held is not None and held.kind is Kind.ASK and (signal is None or signal.level <= held.level):
            return
        if signal is None:
            self._standing = None
            return
        if held is not None and (held.kind, held.level) == (signal.kind, signal.level) and not _grew(held, signal):
            return
        self._standing = finding(at, signal, self._hints)
        first = held is None or held.level < signal.level
        if signal.level is Level.ALARM and first:
            fresh = _long_ago(self._sounded.get(signal.kind), at)
            self._sounded[signal.kind] = at
            if fresh and len(self._alarms) < ALARMS_KEPT:
                self._alarms.append(self._standing)

    def _raised(self, before: Finding | None) -> Finding | None:
        now = self._standing
        if now is None or now is before:
            return None
        if before is not None and (now.level, now.remedy) == (before.level, before.remedy):
            return None
        key, at = (now.kind, now.level, now.remedy), self._count - 1
        fresh = _long_ago(self._told.get(key), at)
        self._told[key] = at
        return now if fresh else None


def _long_ago(last: int | None, at: int) -> bool:
    return last is None or at - last > RETELL_EVENTS


def _while_waiting(signal: Signal) -> Signal | None:
    """What is left of a repetition that was asked for: a nudge when what is waited for only fails."""
    return replace(signal, level=Level.NUDGE) if signal.kind is Kind.REPEATED_ERROR else None


def _grew(held: Finding, signal: Signal) -> bool:
    """Whether a standing finding is weighed anew: each time its rounds have doubled."""
    return signal.rounds >= 2 * held.rounds
