"""unittest and its kin: nose, Django's runner, trial, stestr."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner, Tally

_RAN = Pattern(r"Ran <run> tests?(?: in <seconds> ?s|$)")
_VERDICT = Pattern(r"(?P<word>OK|FAILED)(?: \((?P<parts>[^)]{1,300})\))?$")
_NAMED = Pattern(r"(?:FAIL|ERROR|UNEXPECTED SUCCESS): <name>$")
_GREEN = Pattern(r"(?:Failure|Error) in (?P<name>[\w.]{1,300}(?: \(.{1,200}\))?)$")
_PART = Pattern(r"(?P<key>[a-zA-Z_ ]{1,40})=(?P<number>\d{1,9})$")
_REPEATED = Pattern(r"(?P<method>[^\s(]{1,300}) \((?P<owner>.{1,400})\)(?P<rest>.{0,300})$")
_WHY = Pattern(r"(?:[\w.]{1,200}(?:Error|Exception|Failure|Exit|Interrupt|Warning))\b")
_KEYS = {
    "failures": "failed",
    "errors": "errors",
    "skipped": "skipped",
    "skip": "skipped",
    "skips": "skipped",
    "expected failures": "xfailed",
    "knownfail": "xfailed",
    "expectedfailures": "xfailed",
    "todos": "xfailed",
    "unexpected successes": "failed",
    "unexpectedsuccesses": "failed",
}


class UnittestReader:
    """A failure is a ``FAIL:`` line under a rule of ``=``; the verdict stands within a few lines after ``Ran``."""

    def __init__(self) -> None:
        self.tally = Tally(has_total=True)
        self.ruled = -9
        self.within = False
        self.run: str | None = None
        self.seconds: str | None = None
        self.ran_at = -9

    def read(self, text: str, line: int) -> bool:
        text = text.strip()
        if text[:3] == "===":
            self.ruled = line
            return True
        if text[:4] == "Ran " and (found := _RAN.match(text)):
            self.run, self.seconds, self.ran_at, self.within = found["run"], found["seconds"], line, False
            return True
        if self.run is not None and line - self.ran_at <= 6:
            if found := _VERDICT.match(text):
                self._verdict(found["parts"] or "")
                return False
            return True
        if line - self.ruled == 1 and (found := _NAMED.match(text)):
            self.tally.fail(plain_name(found["name"]), line)
            self.within = True
            return True
        if found := _GREEN.match(text):
            self.tally.fail(found["name"], line)
            self.within = True
            return True
        if self.within and _WHY.match(text):
            self.tally.blame(line, text)
            self.within = False
        return self.within or line == self.ruled

    def _verdict(self, parts: str) -> None:
        groups: dict[str, str | None] = {"run": self.run, "seconds": self.seconds}
        for part in parts.split(","):
            if (found := _PART.match(part.strip())) and (key := _KEYS.get(found["key"].strip().lower())):
                groups[key] = str(int(groups.get(key) or 0) + int(found["number"]))
        self.tally.add(groups)
        self.run = None


def plain_name(name: str) -> str:
    """``test_a (mod.Case.test_a)`` as newer Pythons print it is ``test_a (mod.Case)``; a doctest is its object."""
    name = name.removeprefix("Doctest: ")
    found = _REPEATED.match(name)
    if found and found["owner"].endswith("." + found["method"]):
        owner = found["owner"].removesuffix("." + found["method"])
        return f"{found['method']} ({owner}){found['rest']}"
    return name


UNITTEST = Runner(
    name="unittest",
    framework="unittest",
    reader=UnittestReader,
    heads=("=", "Ran", "Failure", "Error"),
    examples=(
        Example(
            'F.\n\nFailure in tea.tests.CupTest.test_boil\n  File "tea/tests.py", line 9, in test_boil\n'
            "AssertionError: 99 != 100\n\nRan 2 tests in 0.1s using 2 processes\n\nFAILED (failures=1)\n",
            failed=1,
            ran=2,
            failed_tests=("tea.tests.CupTest.test_boil",),
            why="AssertionError: 99 != 100",
        ),
        Example(
            """\
.F.E
======================================================================
ERROR: test_pour (tea.tests.CupTest)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "tea/tests.py", line 9, in test_pour
    1 / 0
ZeroDivisionError: division by zero
======================================================================
FAIL: test_heat (tea.tests.KettleTest.test_heat)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "tea/tests.py", line 5, in test_heat
    self.assertEqual(99, 100)
AssertionError: 99 != 100

----------------------------------------------------------------------
Ran 4 tests in 0.012s

FAILED (failures=1, errors=1, skipped=1)
""",
            failed=2,
            ran=4,
            skipped=1,
            failed_tests=("test_pour (tea.tests.CupTest)", "test_heat (tea.tests.KettleTest)"),
        ),
        Example("Ran 12 tests in 1.0s\n\nOK (KNOWNFAIL=1, SKIP=2)\n", failed=0, ran=12, skipped=2),
    ),
)
DOCTEST = Runner(
    name="doctest",
    framework="doctest",
    reader=Plain(
        counts=(Pattern(r"\*{3}Test Failed\*{3} <failed> failures?\."),),
        names=(Pattern(r" {1,8}\d{1,7} of {1,8}\d{1,7} in <name>$"),),
        why=(Pattern(r"File \".{1,400}\", line \d{1,7}, in "),),
        list_after=Pattern(r"\d{1,7} items? had failures?:$"),
    ),
    heads=("***Test", "0 items", "0 item", "File"),
    examples=(
        Example(
            '****\nFile "tea.py", line 3, in tea.boil\nFailed example:\n    boil()\nExpected:\n    100\nGot:\n    99\n'
            "****\n1 items had failures:\n   1 of   2 in tea.boil\n***Test Failed*** 1 failures.\n",
            failed=1,
            ran=1,
            failed_tests=("tea.boil",),
            why='File "tea.py", line 3, in tea.boil',
        ),
    ),
)
STESTR = Runner(
    name="stestr",
    framework="stestr",
    reader=Plain(
        counts=(
            Pattern(r"~Ran: <run> tests? in <seconds>"),
            Pattern(r"~- Failed: <failed>$"),
            Pattern(r"~- Skipped: <skipped>$"),
        ),
        names=(Pattern(r"(?:\{\d{1,4}\} )?(?P<name>[\w.]{1,300}(?:\([^)]{1,99}\))?) \[[\d.]{1,12}s\] \.{3} FAILED$"),),
        has_total=True,
    ),
    heads=("Ran:", "-"),
    tails=("FAILED",),
    examples=(
        Example(
            """\
{0} tea.tests.test_cup.CupTest.test_pour [0.012s] ... FAILED
======
Totals
======
Ran: 3 tests in 0.5 sec.
 - Passed: 1
 - Skipped: 1
 - Failed: 1
""",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("tea.tests.test_cup.CupTest.test_pour",),
        ),
    ),
)
TRIAL = Runner(
    name="trial",
    framework="unittest",
    reader=Plain(
        names=(Pattern(r"(?P<name>[a-z_][\w]{0,99}(?:\.\w{1,99}){2,12})$"),),
        list_after=Pattern(r"\[(?:FAIL|ERROR)\]$"),
        list_ends=Pattern(r"={20,80}|-{20,80}|Ran "),
    ),
    heads=("[FAIL]", "[ERROR]"),
    examples=(
        Example(
            """\
===============================================================================
[FAIL]
Traceback (most recent call last):
  File "tea/test_cup.py", line 4, in test_pour
    self.assertEqual(1, 2)
twisted.trial.unittest.FailTest: not equal:

tea.test_cup.CupTests.test_pour
-------------------------------------------------------------------------------
""",
            failed=1,
            ran=1,
            failed_tests=("tea.test_cup.CupTests.test_pour",),
        ),
    ),
)
RUNNERS = (UNITTEST, DOCTEST, STESTR, TRIAL)
