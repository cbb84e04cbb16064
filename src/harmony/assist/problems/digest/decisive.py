"""Which lines tell of errors, and which of them explains the failure.

Every line that passes the gate is scored once, while the log streams by; the best are kept. At the end, when it is
known which command failed and what the test runners blame, the explaining lines are ranked: nearer to the cause beats
louder, a runner's own reason beats a guess, the first of a cascade beats those it set off.
"""

from __future__ import annotations

import heapq

from harmony.assist.problems.digest.clues import (
    CERTAIN,
    CLUES,
    GATES,
    HARMLESS_ENDS,
    HARMLESS_STARTS,
    OPTION,
    PLACE_STEM,
    RAISED,
    SIGNS,
    ZERO,
    Clue,
)
from harmony.assist.problems.digest.model import (
    DECISIVE_LINES_LIMIT,
    ERROR_LINES_LIMIT,
    NAMES_A_TEST,
    TEXT_CHARS,
    ErrorLine,
)

LEVEL_FACTORS = {"debug": 0.3, "info": 0.8, "warning": 0.75}
SURE_ERROR = 0.9
"""From here on a clue holds at any log level."""
LOGGED_ERROR, LOGGED_FATAL = 0.82, 0.9
PLACED_ERROR = 0.9
LAST_WORD_ERROR = 0.4
STOPPED_REASONS = frozenset(clue.reason for clue in CLUES if clue.decisive < 0.2)
OUTSIDE_FACTOR, AFTERWARDS_FACTOR, REPORTED_FACTOR = 0.45, 0.35, 0.9
CULPRIT_SCORE = 0.97
NAMED_SCORE = 0.8
BESIDE_TESTS_FACTOR = 0.8
CASCADE_FACTOR = 0.985
SAME_KIND_LIMIT = 4
"""Among the decisive lines at most this many of one kind."""
JUDGED_CHARS = 600
TRACEBACK_LIMIT_LINES = 400
Entry = tuple[float, int, float, str, str]
"""Error score, minus the line number, decisive score, reason, text."""


class ErrorLines:
    """Takes lines one by one; keeps the ``ERROR_LINES_LIMIT`` best."""

    def __init__(self) -> None:
        self.kept: list[Entry] = []
        self.gates: tuple[str, ...] = GATES
        self.last_stop = 0
        self.last_error = 0
        self.traceback: tuple[int, str] | None = None
        """Line and prefix of Python's ``Traceback`` whose exception is still to come."""

    def look_ahead(self, block: str) -> None:
        """The text that the next lines come from: what is nowhere in it need not be looked for in each of them."""
        self.gates = tuple(gate for gate in GATES if gate in block)

    def offer(self, line: int, level: str, body: str) -> None:
        """One line with its log level and without its prefix."""
        judged = body if len(body) <= JUDGED_CHARS else body[:JUDGED_CHARS]
        clue = self._raised(line, judged) or clue_of(judged, self.gates)
        error, decisive = (clue.error, clue.decisive) if clue else (0.0, 0.0)
        reason = clue.reason if clue else ""
        if level in ("error", "fatal") and judged.strip():
            logged = LOGGED_FATAL if level == "fatal" else LOGGED_ERROR
            if _begins_with_place(judged):
                decisive, reason = PLACED_ERROR, "logged as an error, with its place"
            elif clue is None:
                decisive, reason = 0.4, f"logged as {level}"
            error = max(error, logged)
        elif error < SURE_ERROR:
            error *= LEVEL_FACTORS.get(level, 1.0)
            decisive *= LEVEL_FACTORS.get(level, 1.0)
        if error <= 0:
            return
        if reason in STOPPED_REASONS:
            self.last_stop = line
        if error >= LAST_WORD_ERROR:
            self.last_error = line
        entry = (error, -line, decisive, reason, body[:TEXT_CHARS])
        if len(self.kept) < ERROR_LINES_LIMIT:
            heapq.heappush(self.kept, entry)
        elif entry > self.kept[0]:
            heapq.heapreplace(self.kept, entry)

    def _raised(self, line: int, text: str) -> Clue | None:
        """The exception under a traceback, whatever its class is called."""
        if self.traceback is not None:
            begun, prefix = self.traceback
            if text.startswith(prefix) and RAISED.pattern.match(text[len(prefix) :]):
                self.traceback = None
                return RAISED
            if line - begun > TRACEBACK_LIMIT_LINES:
                self.traceback = None
        if "Traceback (" in text:
            self.traceback = (line, text[: text.index("Traceback (")])
        return None

    def best(self) -> list[ErrorLine]:
        """All kept lines, the surest first, earlier before later."""
        ordered = sorted(self.kept, key=lambda entry: (-entry[0], -entry[1]))
        return [ErrorLine(-entry[1], round(entry[0], 4), entry[3], entry[4].strip()) for entry in ordered]

    def decisive(
        self, steps: list[tuple[int, int, str]], culprits: list[tuple[int, str]], named: list[tuple[int, str]]
    ) -> list[ErrorLine]:
        """The lines that explain the failure. ``steps``: first and last line of what failed; ``culprits``: lines that
        runners blame; ``named``: lines that name a failed test. Where tests failed, other errors are likely noise of
        theirs.
        """
        found: dict[int, tuple[float, str, str]] = {}
        trust = BESIDE_TESTS_FACTOR if culprits or named else 1.0
        for _, minus_line, score, reason, text in self.kept:
            found[-minus_line] = (score * trust * placed(-minus_line, steps), reason, text)
        for line, text in culprits:
            found[line] = (CULPRIT_SCORE * by_runner(line, steps), "the runner gives it as the reason", text)
        for line, text in named:
            if line not in found or found[line][0] < NAMED_SCORE:
                found[line] = (NAMED_SCORE * by_runner(line, steps), NAMES_A_TEST, text)
        return _spread(found)


_STEMS_OF = tuple((tuple(clue.stems.split("|")), clue) for clue in CLUES)


def clue_of(text: str, gates: tuple[str, ...] = GATES) -> Clue | None:
    """The first clue that matches a line that is not harmless. ``gates``: those that occur near the line at all."""
    for gate in gates:
        if gate in text:
            break
    else:
        if (text.isascii() or SIGNS.isdisjoint(text)) and not _begins_with_place(text):
            return None
    if _harmless(text):
        return None
    for stems, clue in _STEMS_OF:
        for stem in stems:
            if stem in text or (stem == PLACE_STEM and _begins_with_place(text)):
                if (clue.pattern.search if clue.anywhere else clue.pattern.match)(text):
                    return clue
                break
    return None


def _begins_with_place(text: str) -> bool:
    """``path:12:3:`` or ``path:12:`` as the first word."""
    if ":" not in text:
        return False
    head = text.lstrip()[:300].partition(" ")[0]
    return head[-1:] == ":" and head.count(":") > 1


def _harmless(text: str) -> bool:
    if HARMLESS_STARTS.match(text) or text.rstrip().endswith(HARMLESS_ENDS):
        return True
    if ("0" in text or "no " in text.lower() or "without" in text) and ZERO.search(text):
        return "not ok" not in text and not CERTAIN.search(text)
    return ("-" in text or "." in text) and OPTION.search(text) is not None and "rror:" not in text


def placed(line: int, steps: list[tuple[int, int, str]]) -> float:
    """Lines of the failed command count fully, others less, what comes after the failure least."""
    if not steps:
        return 1.0
    if any(first <= line <= last for first, last, _ in steps):
        return 1.0
    return AFTERWARDS_FACTOR if line > steps[-1][1] else OUTSIDE_FACTOR


def by_runner(line: int, steps: list[tuple[int, int, str]]) -> float:
    """What a runner itself blames counts nearly as much wherever it stands: reports are often printed at the end."""
    return 1.0 if placed(line, steps) == 1.0 else REPORTED_FACTOR


def _spread(found: dict[int, tuple[float, str, str]]) -> list[ErrorLine]:
    """Best first; of one kind each later line counts a little less, and equal texts are told once."""
    seen: dict[str, int] = {}
    best_of: dict[str, int] = {}
    for line in sorted(found, key=lambda at: (-found[at][0], at)):
        best_of.setdefault(" ".join(found[line][2].split()), line)
    ranked: list[ErrorLine] = []
    for line in sorted(best_of.values()):
        score, reason, text = found[line]
        times = seen[reason] = seen.get(reason, 0) + 1
        ranked.append(ErrorLine(line, round(score * CASCADE_FACTOR ** min(times - 1, 20), 4), reason, text.strip()))
    ranked.sort(key=lambda entry: (-entry.score, entry.line))
    chosen: list[ErrorLine] = []
    for entry in ranked:
        if sum(1 for other in chosen if other.reason == entry.reason) < SAME_KIND_LIMIT:
            chosen.append(entry)
        if len(chosen) == DECISIVE_LINES_LIMIT:
            break
    return chosen
