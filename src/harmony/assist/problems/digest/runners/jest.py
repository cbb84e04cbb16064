"""Jest and Vitest."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Runner, Tally

_BULLET = Pattern(r" {0,8}● <name>$")
_VITEST_FAIL = Pattern(r" {0,4}(?:FAIL|×) ~(?:\|[^|]{1,99}\| ~)?<name>$")
_VITEST_SUITE = Pattern(r" {0,4}FAIL ~(?:\|[^|]{1,99}\| ~)?\S{1,400} \[ \S{1,400} \]$")
"""A file that could not be loaded: no test of it ran, so none is counted, but it says why."""
_PART = Pattern(r"(?P<number>\d{1,9}) (?P<word>[a-z]{1,20})")
_TOTAL = Pattern(r".{0,300}\((?P<run>\d{1,9})\)$")
_TIME = Pattern(r"~(?:Time|Duration):? {1,12}(?:(?P<minutes>\d{1,9}) m(?:in)? ?)?(?:<seconds> ?(?P<unit>ms|s))?")
_WHY = Pattern(r" {2,12}(?:[A-Z]\w{0,60}Error\b|Error:|expect\(|Cannot find|SyntaxError|Timeout|Expected)")
_VITEST_WHY = Pattern(r"(?:[A-Z]\w{0,60}Error|Error): ")
_KEYS = {"failed": "failed", "passed": "ok", "skipped": "skipped", "todo": "xfailed", "pending": "skipped"}
_NO_TEST = (
    "Console",
    "Cannot log after tests are done",
    "Validation ",
    "Multiple configurations",
    "Deprecation",
    "process.exit called",
)


class JestReader:
    """Names stand after ``●`` (Jest prints them again at the end) or ``FAIL … >`` (Vitest)."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.obsolete = False
        self.wanted = 0

    def read(self, text: str, line: int) -> bool:
        head = text.strip()
        if head[:1] == "●":
            return self._bullet(text, line)
        if head.startswith(("Tests:", "Tests ")):
            return self._summary(head)
        if head.startswith(("Time:", "Duration ")) and self.tally.summarised:
            self._time(head)
            return False
        if head.startswith("FAIL ") and " > " in head and (found := _VITEST_FAIL.match(text)):
            self.tally.fail(found["name"], line)
            self.wanted = 12
        elif head.startswith("FAIL ") and _VITEST_SUITE.match(text):
            self.tally.unloaded += 1
            self.wanted = 12
        elif head[:2] == "× " and " > " in head and (found := _VITEST_FAIL.match(text)):
            self.wanted = 0
        if self.wanted:
            self.wanted -= 1
            if _WHY.match(text) or _VITEST_WHY.match(text):
                self.tally.blame(line, text)
                self.wanted = 0
        return self.wanted > 0

    def _bullet(self, text: str, line: int) -> bool:
        found = _BULLET.match(text)
        if found is None or found["name"].startswith(_NO_TEST) or text[:12].strip()[:1] != "●":
            return False
        if found["name"].endswith((" obsolete", "written")) or (" snapshot" in found["name"][-30:] and "›" not in text):
            return False
        self.tally.fail(found["name"], line)
        self.wanted = 30
        return True

    def _summary(self, head: str) -> bool:
        if "total" not in head and not _TOTAL.match(head):
            return False
        groups: dict[str, str | None] = {}
        for word in head[6:].replace("|", ",").split(","):
            if found := _PART.match(word.strip()):
                key = _KEYS.get(found["word"])
                if key:
                    groups[key] = found["number"]
        self.tally.add(groups)
        return False

    def _time(self, head: str) -> None:
        found = _TIME.match(head)
        if found and (found["seconds"] or found["minutes"]):
            scale = 0.001 if found["unit"] == "ms" else 1.0
            seconds = float((found["seconds"] or "0").replace(",", ".")) * scale
            before = self.tally.summarised
            self.tally.add({"seconds": str(seconds), "minutes": found["minutes"]})
            self.tally.summarised = before


JEST = Runner(
    name="jest",
    framework="jest",
    reader=JestReader,
    heads=("●", "Tests:", "Time:"),
    examples=(
        Example(
            """\
FAIL src/kettle.test.js
  ● Kettle › boils › at 100

    expect(received).toBe(expected)

    Expected: 100
    Received: 99

Test Suites: 1 failed, 2 passed, 3 total
Tests:       1 failed, 2 skipped, 11 passed, 14 total
Snapshots:   0 total
Time:        3.47 s
""",
            failed=1,
            ran=12,
            skipped=2,
            failed_tests=("Kettle › boils › at 100",),
        ),
    ),
)
VITEST = Runner(
    name="vitest",
    framework="vitest",
    reader=JestReader,
    heads=("FAIL", "Tests", "Duration"),
    examples=(
        Example(
            """\
 FAIL  src/kettle.test.ts > Kettle > boils
AssertionError: expected 99 to be 100

 Test Files  1 failed | 2 passed (3)
      Tests  1 failed | 10 passed | 1 skipped (12)
   Duration  1.21s
""",
            failed=1,
            ran=11,
            skipped=1,
            failed_tests=("src/kettle.test.ts > Kettle > boils",),
        ),
        Example(
            " FAIL  cup.test.ts [ cup.test.ts ]\nError: Cannot find module './saucer'\n\n"
            " Test Files  1 failed | 1 passed (2)\n"
            "      Tests  2 passed (2)\n   Duration  1.21s\n",
            failed=0,
            ran=2,
            why="Error: Cannot find module './saucer'",
        ),
    ),
)
RUNNERS = (JEST, VITEST)
