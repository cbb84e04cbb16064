"""Mocha, Cypress (which runs it) and Karma with Mocha's reporter."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Runner, Tally

_PASSING = Pattern(
    r"~(?:✓|✔|√)? ?<ok> (?:passing|tests? complete)(?: \((?:<seconds> ?(?P<unit>ms|s|seconds?)|<minutes>m)\))?$"
)
_PENDING = Pattern(r"~(?:[-ℹ•] )?<skipped> (?:pending|tests? pending)$")
_FAILING = Pattern(r"~(?:✖ )?(?:<failed> failing|<errors> of <run> tests? failed:?)$")
_NUMBERED = Pattern(r"(?P<indent> {0,12})(?P<number>\d{1,6})\) <name>$")
_WHY = Pattern(r" {2,14}(?:Uncaught )?[A-Z]\w{0,60}(?:Error|Exception)\b|~Error: ")
_TITLES_LIMIT = 12


class MochaReader:
    """After ``N failing`` come N numbered failures; a title is indented deeper than its suite and ends with ``:``."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.expected = 0
        self.done = 0
        self.titles: list[str] = []
        self.at = 0
        self.blamed = True
        self.since = 0

    def read(self, text: str, line: int) -> bool:
        if self._counted(text):
            return self.expected > 0 or bool(self.titles)
        if self.expected and (found := _NUMBERED.match(text)) and int(found["number"]) == self.done + 1:
            self.titles, self.at, self.blamed, self.since = [found["name"]], line, False, 0
            if found["name"].endswith(":"):
                self._name()
            return True
        if self.titles:
            self._title(text)
        elif not self.blamed:
            self.since += 1
            if _WHY.match(text) or (self.since > 4 and text.strip()):
                self.tally.blame(line, text)
                self.blamed = True
        return self.expected > 0 or not self.blamed

    def _counted(self, text: str) -> bool:
        if found := _PASSING.match(text):
            groups = found.groupdict()
            if groups.pop("unit", None) == "ms":
                groups["seconds"] = str(float(groups["seconds"] or 0) / 1000)
            self.tally.add(groups)
            self.expected = self.done = 0
        elif found := _PENDING.match(text):
            self.tally.add(found.groupdict())
        elif found := _FAILING.match(text):
            self.tally.add(found.groupdict())
            self.expected, self.done = int(found["failed"] or found["errors"]), 0
        else:
            return False
        return True

    def _title(self, text: str) -> None:
        title = text.strip()
        if not title or len(self.titles) > _TITLES_LIMIT:
            self._name()
            return
        self.titles.append(title)
        if title.endswith(":"):
            self._name()

    def _name(self) -> None:
        self.tally.fail(" ".join(self.titles), self.at)
        self.titles = []
        self.done += 1
        if self.done >= self.expected:
            self.expected = 0


MOCHA = Runner(
    name="mocha",
    framework="mocha",
    reader=MochaReader,
    heads=("0 passing", "0 pending", "0 failing", "✔ 0", "✓ 0", "√ 0", "✖ 0", "0 of"),
    examples=(
        Example(
            """\
  Kettle
    ✓ fills
    1) boils

  1 passing (12ms)
  1 pending
  2 failing

  1) Kettle
       boils:

      AssertionError [ERR_ASSERTION]: 99 == 100
      at Context.<anonymous> (test/kettle.js:5:14)

  2) Cup "before all" hook:
     Error: Timeout of 2000ms exceeded.
""",
            failed=2,
            ran=3,
            skipped=1,
            failed_tests=("Kettle boils:", 'Cup "before all" hook:'),
        ),
        Example(
            "  ✖ 1 of 10 tests failed:\n\n  1) Kettle boils:\n     Error: 99 is not 100\n",
            failed=1,
            ran=10,
            failed_tests=("Kettle boils:",),
        ),
    ),
)


_KARMA_COUNTS = (
    Pattern(r"~(?:✔|✓|√) <ok> tests? completed$"),
    Pattern(r"~(?:ℹ|i|•) <skipped> tests? skipped$"),
    Pattern(r"~(?:✖|×) <failed> tests? failed$"),
)
_KARMA_NAME = Pattern(r"~(?:✖|×) <name>$")
_EXECUTED = Pattern(
    r"(?P<browser>[^:]{0,120}?)(?:: )?Executed (?P<run>\d{1,9}) of \d{1,9}"
    r"(?: \(<failed> FAILED\))?(?: \(skipped <skipped>\))?"
)
_BROWSER = Pattern(r"[A-Z][\w ]{1,40} \d[\w.]{0,30} \([^)]{1,60}\)$")
_BROWSER_FAILED = Pattern(r"[A-Z][\w ]{1,40} \d[\w.]{0,30} \([^)]{1,60}\)(?: LOG)?:? <name> FAILED$")


class KarmaReader:
    """Mocha's reporter prints totals once; the progress reporter prints the running state, of which the last counts."""

    def __init__(self) -> None:
        self._tally = Tally()
        self.listing = self.unexplained = False
        self.latest: dict[str, dict[str, str | None]] = {}

    @property
    def tally(self) -> Tally:
        for groups in self.latest.values():
            self._tally.add(groups)
        self.latest = {}
        return self._tally

    def read(self, text: str, line: int) -> bool:
        for pattern in _KARMA_COUNTS:
            if found := pattern.match(text):
                self._tally.add(found.groupdict())
                return self.listing
        head = text.strip()
        if head == "FAILED TESTS:":
            self.listing = True
        elif self.listing and (found := _KARMA_NAME.match(text)):
            self._tally.fail(found["name"], line)
            self.unexplained = True
        elif self.listing and self.unexplained and head and not _BROWSER.match(head):
            self._tally.blame(line, text)
            self.unexplained = False
        elif "Executed " in head and (found := _EXECUTED.match(head)):
            self.latest[found["browser"]] = {**found.groupdict(), "browser": None}
        elif head.endswith(" FAILED") and (found := _BROWSER_FAILED.match(head)):
            self._tally.fail(found["name"], line)
        elif (self.listing and head and text[0] in "[$>") or head.startswith("The command "):
            self.listing = False
        return self.listing


KARMA = Runner(
    name="karma",
    framework="mocha",
    reader=KarmaReader,
    heads=("✔ 0", "✓ 0", "√ 0", "✖ 0", "ℹ 0", "• 0", "i 0", "× 0", "FAILED"),
    tails=("FAILED",),
    holds=("Executed ",),
    examples=(
        Example(
            """\
Finished in 0.3 secs / 0.1 secs @ 10:39:36 GMT+0000

SUMMARY:
✔ 3 tests completed
ℹ 1 test skipped
✖ 1 test failed

FAILED TESTS:
  Kettle
    ✖ boils
      Firefox 72.0.0 (Linux 0.0.0)
      Error: expected 99 to be 100
""",
            failed=1,
            ran=4,
            skipped=1,
            failed_tests=("boils",),
        ),
        Example(
            """\
Chrome 90.0.1 (Linux x86_64): Executed 1 of 2 SUCCESS (0.1 secs / 0.1 secs)
Chrome 90.0.1 (Linux x86_64) Kettle boils FAILED
Chrome 90.0.1 (Linux x86_64): Executed 2 of 2 (1 FAILED) (0.1 secs / 0.1 secs)
""",
            failed=1,
            ran=2,
            failed_tests=("Kettle boils",),
        ),
    ),
)
RUNNERS = (MOCHA, KARMA)
