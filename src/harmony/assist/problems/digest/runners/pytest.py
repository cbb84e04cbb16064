"""pytest (and what prints like it: xdist, tox and nox running it)."""

from __future__ import annotations

from itertools import pairwise

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Runner, Tally

_SUMMARY_HEAD = Pattern(
    r"\d{1,9} (?:failed|passed|errors?|skipped|deselected|xfailed|xpassed|warnings?|rerun|subtests? passed)(?:, \d"
    r"| in \d|$)"
)
_WARNINGS_ONLY = Pattern(r"\d{1,9} warnings?(?: in .{0,60})?$")
_SHORT = Pattern(r"(?P<word>FAILED|ERROR) (?P<rest>\S.{0,1000})$")
_VERBOSE = Pattern(
    r"(?:\[gw\d{1,4}\] )?(?:\[ {0,3}\d{1,3}%\] )?(?:(?P<before>FAILED|ERROR) )?"
    r"(?P<name>[^\s:]{1,300}\.(?:pyx?|rst|txt|md)::.{1,400}?)"
    r"(?: <- \S{1,400})?(?: (?P<after>FAILED|ERROR))?(?: {1,80}\[ {0,3}\d{1,3}%\])?$"
)
_HEADER = Pattern(r"_{2,80} (?P<name>\S.{0,300}?) _{2,80}$")
_PLACE = Pattern(r"(?P<file>[^\s:]{1,300}\.(?:pyx?|rst|txt|md)):\d{1,7}:")
_SELF = Pattern(r"self = <(?P<module>[\w.]{1,300})\.\w{1,200} testMethod=")
_WHY = Pattern(r"E {3,60}\S")
_COUNTED = "failed passed error errors skipped deselected xfailed xpassed warning warnings".split()
_PARAMETERS_END = " - "


class PytestReader:
    """Reads the sections of a run; the best list of failed tests wins: short summary, verbose lines, headers."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._begin()

    def _begin(self) -> None:
        self.section = ""
        self.short: dict[str, int] = {}
        self.verbose: dict[str, int] = {}
        self.headed: dict[str, int] = {}
        self.header: tuple[str, int] | None = None
        self.blamed = self.doctest = False
        self.module = ""

    def read(self, text: str, line: int) -> bool:
        text = text.strip() if text[:1] == "=" else text.rstrip()
        if text[:1] in "=0123456789" and self._ruled(text):
            return bool(self.section)
        if self.section == "details":
            self._detail(text, line)
        elif self.section == "short" and (found := _SHORT.match(text)):
            self.short.setdefault(_named(found["rest"]), line)
        elif "::" in text and (found := _VERBOSE.match(text.strip())) and (found["before"] or found["after"]):
            self.verbose.setdefault(_named(found["name"].strip()), line)
        return bool(self.section)

    def _ruled(self, text: str) -> bool:
        inner = text.strip("= ")
        counted = _SUMMARY_HEAD.match(inner) and not _WARNINGS_ONLY.match(inner)
        if (counted and (text[:2] == "==" or " in " in inner)) or inner.startswith("no tests ran in"):
            return self._finish(inner)
        if text[:2] != "==":
            return False
        if inner in ("FAILURES", "ERRORS"):
            self.section = "details"
        elif inner.startswith("short test summary"):
            self.section = "short"
        elif inner.startswith("test session starts"):
            self._begin()
        elif inner:
            self.section = ""
        return True

    def _detail(self, text: str, line: int) -> None:
        if text[:2] == "__" and (found := _HEADER.match(text)):
            name = found["name"].removeprefix("[doctest] ").removeprefix("ERROR at setup of ")
            self.doctest = found["name"].startswith("[doctest]")
            name = name.removeprefix("ERROR at teardown of ").removeprefix("ERROR collecting ")
            self.header, self.blamed, self.module = (name, line), False, ""
            self.headed.setdefault(name, line)
        elif text[:8] == "self = <" and (found := _SELF.match(text)):
            self.module = found["module"].replace(".", "/") + ".py"
        elif self.header and (found := _PLACE.match(text)):
            bare, at = self.header
            if "site-packages" not in text and "/lib/python" not in text:
                self._locate(bare, at, found["file"])
                self.header = None
        elif not self.blamed and text[:2] == "E " and _WHY.match(text):
            self.tally.blame(line, text)
            self.blamed = True

    def _locate(self, bare: str, at: int, file: str) -> None:
        """A header names no file; the first place below it that is no library's does, or ``self = <tests.mod.Case``."""
        if "::" not in bare and not bare.endswith(".py") and bare in self.headed and not self.doctest:
            self.headed.pop(bare)
            self.headed[f"{self.module or file}::{bare.replace('.', '::')}"] = at

    def _finish(self, inner: str) -> bool:
        counted: dict[str, int] = {}
        words = inner.replace(",", " ").split()
        for number, word in pairwise(words):
            if number.isdigit():
                counted[word.rstrip("s") if word in ("errors", "warnings") else word] = int(number)
        at = words.index("in") + 1 if "in" in words[:-1] else 0
        seconds = words[at].rstrip("s") if at else ""
        groups = {"ok": "passed", "failed": "failed", "errors": "error"}
        groups |= {key: key for key in ("skipped", "xfailed", "xpassed")}
        given: dict[str, str | None] = {key: str(counted.get(word, 0)) for key, word in groups.items()}
        self.tally.add(given | {"seconds": seconds if seconds.replace(".", "", 1).isdigit() else None})
        self._settle(counted.get("failed", 0) + counted.get("error", 0))
        self._begin()
        return True

    def _settle(self, broken: int) -> None:
        if broken:
            lists = (self.short, self.verbose, self.headed)
            best = next((names for names in lists if len(names) >= broken), max(lists, key=len))
            for name, line in best.items():
                self.tally.fail(name, line)


def _named(rest: str) -> str:
    """The test of a short summary line: up to `` - `` outside of parameters."""
    at = rest.find(_PARAMETERS_END)
    opened = rest.find("[")
    if 0 <= opened < at:
        closed = rest.find("]" + _PARAMETERS_END, opened)
        at = closed + 1 if closed >= 0 else (-1 if rest.endswith("]") else at)
    return rest[:at] if at >= 0 else rest


PYTEST = Runner(
    name="pytest",
    framework="pytest",
    reader=PytestReader,
    heads=("=", *(f"0 {word}" for word in _COUNTED)),
    holds=(".py::",),
    examples=(
        Example(
            """\
============================= test session starts ==============================
collected 4 items

tests/test_kettle.py .F.s                                                [100%]

=================================== FAILURES ===================================
______________________________ TestKettle.test_boils ____________________________

    def test_boils(self):
>       assert Kettle().heat() == 100
E       assert 99 == 100

tests/test_kettle.py:12: AssertionError
=========================== short test summary info ============================
FAILED tests/test_kettle.py::TestKettle::test_boils - assert 99 == 100
============== 1 failed, 2 passed, 1 skipped in 0.12s (0:00:00) ================
""",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("tests/test_kettle.py::TestKettle::test_boils",),
        ),
        Example(
            """\
=================================== FAILURES ===================================
__________________________________ test_pours __________________________________

    def test_pours():
>       assert False
E       assert False

test_cup.py:3: AssertionError
===================== 1 failed, 1 error in 3.74 seconds ======================
""",
            failed=2,
            ran=2,
            failed_tests=("test_cup.py::test_pours",),
        ),
        Example(
            """\
[gw0] [ 50%] PASSED tests/test_a.py::test_fine
[gw1] [100%] FAILED tests/test_a.py::test_case[a - b]
1 failed, 1 passed in 1.20s
""",
            failed=1,
            ran=2,
            failed_tests=("tests/test_a.py::test_case[a - b]",),
        ),
    ),
)
RUNNERS = (PYTEST,)
