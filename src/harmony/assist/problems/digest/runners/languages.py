"""Languages with one usual runner: Elixir, Erlang, Haskell, Dart, Swift, R, Julia, Lua, Robot Framework, behave."""

from __future__ import annotations

from harmony.assist.problems.digest.model import Counts
from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner, Tally

EXUNIT = Runner(
    name="exunit",
    framework="exunit",
    reader=Plain(
        counts=(
            Pattern(
                r"(?:\d{1,9} (?:doctests?|properties|property), ){0,2}<run> tests?, <failed> failures?"
                r"(?:, \d{1,9} excluded)?(?:, \d{1,9} invalid)?(?:, <skipped> skipped)?$"
            ),
        ),
        names=(Pattern(r" {1,4}\d{1,6}\) (?P<name>(?:test|property|doctest) .{1,300}? \([\w.]{1,120}\))$"),),
        why=(Pattern(r" {5}(?:Assertion |Expected |match |\*\* \()"),),
        proof=Pattern(r"Finished in [\d.]{1,12} seconds"),
        has_total=True,
    ),
    heads=("Finished", "0 tests", "0 test", "0 doctest", "0 doctests", "0 properties", "0 property", "0)"),
    examples=(
        Example(
            "  1) test boils (Tea.KettleTest)\n     test/kettle_test.exs:4\n     Assertion with == failed\n\n"
            "Finished in 0.03 seconds\n"
            "3 tests, 1 failure\n",
            failed=1,
            ran=3,
            failed_tests=("test boils (Tea.KettleTest)",),
            why="Assertion with == failed",
        ),
    ),
)
EUNIT = Runner(
    name="eunit",
    framework="eunit",
    reader=Plain(
        counts=(
            Pattern(r"~Failed: <failed>\. {1,3}Skipped: <skipped>\. {1,3}Passed: <ok>\."),
            Pattern(r"~All <ok> tests passed\.$"),
        ),
        names=(Pattern(r"~(?P<name>[a-z]\w{0,200}: [\w/]{1,200})(?: \(.{1,200}\))?\.{3} ?\*failed\*"),),
    ),
    heads=("Failed:", "All"),
    holds=("*failed*",),
    examples=(
        Example(
            "kettle_tests: boils_test...*failed*\n  Failed: 1.  Skipped: 0.  Passed: 4.\n",
            failed=1,
            ran=5,
            failed_tests=("kettle_tests: boils_test",),
        ),
    ),
)
HASKELL = Runner(
    name="tasty",
    framework="tasty",
    reader=Plain(
        counts=(
            Pattern(r"<failed> out of <run> tests failed"),
            Pattern(r"All <run> tests passed \("),
            Pattern(r"Cases: \d{1,9} {1,2}Tried: <run> {1,2}Errors: <errors> {1,2}Failures: <failed>$"),
        ),
        names=(Pattern(r" {2,20}<name>: {1,60}FAIL(?: \([\d.]{1,9}s\))?$"),),
        has_total=True,
    ),
    heads=("0 out", "All", "Cases:"),
    tails=("FAIL",),
    examples=(
        Example("  Kettle\n    boils: FAIL\n\n1 out of 3 tests failed (0.01s)\n", 1, 3, failed_tests=("boils",)),
    ),
)
DART = Runner(
    name="dart test",
    framework="dart",
    reader=Plain(
        counts=(
            Pattern(r"\d\d:\d\d \+<ok>(?: \~<skipped>)?(?: -<failed>)?: (?:Some tests failed|All tests passed)"),
            Pattern(r"~(?:🎉|❌)? ?<ok> tests? passed(?:, <failed> failed)?(?:, <skipped> skipped)?\.$"),
        ),
        names=(Pattern(r"\d\d:\d\d \+\d{1,9}(?: \~\d{1,9})? -\d{1,9}: <name> \[E\]$"),),
    ),
    heads=("🎉 0", "❌ 0"),
    tails=("[E]", "passed!", "failed."),
    examples=(
        Example(
            "00:01 +4 -1: test/kettle_test.dart: boils [E]\n00:02 +5 -1: Some tests failed.\n",
            failed=1,
            ran=6,
            failed_tests=("test/kettle_test.dart: boils",),
        ),
    ),
)
XCTEST = Runner(
    name="xctest",
    framework="xctest",
    reader=Plain(
        counts=(
            Pattern(
                r"\s{1,4}Executed <run> tests?, with (?:<skipped> tests? skipped and )?<failed> failures? "
                r"\(\d{1,9} unexpected\) in"
            ),
        ),
        names=(Pattern(r"Test Case '(?P<name>[^']{1,300})' failed \("),),
        why=(Pattern(r"\S{1,300}:\d{1,7}: error: "),),
        has_total=True,
        last=True,
    ),
    heads=("Executed", "Test"),
    examples=(
        Example(
            "Test Case 'KettleTests.boils' failed (0.1 seconds)\n"
            "\t Executed 2 tests, with 1 failure (0 unexpected) in 0.2 s\n",
            failed=1,
            ran=2,
            failed_tests=("KettleTests.boils",),
        ),
    ),
)
R = Runner(
    name="testthat",
    framework="testthat",
    reader=Plain(
        counts=(Pattern(r"\[ FAIL <failed> \| WARN \d{1,9} \| SKIP <skipped> \| PASS <ok> \]"),),
        names=(
            Pattern(r"(?:──|--) (?:Failure|Error)(?: \([^)]{1,200}\))?: <name> ?[─-]{0,200}$"),
            Pattern(r"(?:Failure|Error) \([^)]{1,200}\): <name>$"),
        ),
        last=True,
    ),
    heads=("[", "─", "--", "Failure", "Error"),
    examples=(
        Example(
            "[ FAIL 1 | WARN 0 | SKIP 0 | PASS 5 ]\n\n"
            "── Failure (test-kettle.R:3:3): boils ──────────\n99 not equal to 100.\n"
            "[ FAIL 1 | WARN 0 | SKIP 0 | PASS 5 ]\n",
            failed=1,
            ran=6,
            failed_tests=("boils",),
        ),
    ),
)
_BUSTED_COUNT = Pattern(
    r"<ok> success(?:es)? / <failed> failures? / <errors> errors? / <skipped> pending : <seconds> seconds?"
)
_BUSTED_HEAD = Pattern(r"(?P<word>Failure|Error|Pending) -> \S{1,300} @ \d{1,7}$")


class BustedReader:
    """After ``Failure -> file @ line`` come the test's name and the reason, a line each."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.headed = -9

    def read(self, text: str, line: int) -> bool:
        if found := _BUSTED_COUNT.match(text):
            self.tally.add(found.groupdict())
        elif found := _BUSTED_HEAD.match(text):
            self.headed = line if found["word"] != "Pending" else -9
        elif line == self.headed + 1:
            self.tally.fail(text, line)
        elif line == self.headed + 2:
            self.tally.blame(line, text)
        return line < self.headed + 2


BUSTED = Runner(
    name="busted",
    framework="busted",
    reader=BustedReader,
    heads=("0 successes", "0 success", "Failure", "Error", "Pending"),
    examples=(
        Example(
            "5 successes / 1 failure / 0 errors / 0 pending : 0.01 seconds\n\nFailure -> spec/kettle_spec.lua @ 4\n"
            "Kettle boils\nspec/kettle_spec.lua:5: Expected objects to be equal.\n",
            failed=1,
            ran=6,
            failed_tests=("Kettle boils",),
            why="spec/kettle_spec.lua:5: Expected objects to be equal.",
        ),
    ),
)
_ROBOT_COUNT = Pattern(r"<run> tests?(?: total)?, \d{1,9} passed, <failed> failed(?:, <skipped> skipped)?$")
_ROBOT_NAME = Pattern(r"<name> {1,80}\| FAIL \|$")


class RobotReader:
    """Tests and suites end alike; what stands right before a count is a suite. The last count is that of all."""

    def __init__(self) -> None:
        self.tally = Tally(has_total=True)
        self.latest: tuple[str, int] | None = None

    def read(self, text: str, line: int) -> bool:
        if found := _ROBOT_COUNT.match(text):
            self.tally.counts = Counts()
            self.tally.add(found.groupdict())
            self.latest = None
        elif self.latest is not None:
            self.tally.fail(*self.latest)
            self.tally.blame(line, text)
            self.latest = None
        if found := _ROBOT_NAME.match(text):
            self.latest = (found["name"], line)
        return self.latest is not None


ROBOT = Runner(
    name="robot",
    framework="robot",
    reader=RobotReader,
    heads=("0 tests", "0 test"),
    holds=("| FAIL |",),
    examples=(
        Example(
            "Boil Water                                            | FAIL |\n99 != 100\n---\n"
            "Tea                                                   | FAIL |\n3 tests, 2 passed, 1 failed\n",
            failed=1,
            ran=3,
            failed_tests=("Boil Water",),
        ),
    ),
)
BEHAVE = Runner(
    name="behave",
    framework="behave",
    reader=Plain(
        counts=(Pattern(r"<ok> scenarios? passed, <failed> failed(?:, <errors> errors?)?, <skipped> skipped"),),
        names=(Pattern(r" {2}\S{1,300}\.feature:\d{1,7} {1,3}<name>$"),),
        list_after=Pattern(r"(?:Failing|Errored) scenarios:"),
        list_ends=Pattern(r"\S"),
    ),
    heads=("0 scenarios", "0 scenario", "Failing", "Errored"),
    examples=(
        Example(
            "Failing scenarios:\n  features/tea.feature:7  Boil water\n\n"
            "Errored scenarios:\n  features/tea.feature:9  Pour\n\n0 features passed, 1 failed, 0 skipped\n"
            "2 scenarios passed, 1 failed, 1 error, 0 skipped\n",
            failed=2,
            ran=4,
            failed_tests=("Boil water", "Pour"),
        ),
    ),
)
JULIA = Runner(
    name="julia",
    framework="julia",
    reader=Plain(
        counts=(
            Pattern(r"ERROR: LoadError: Some tests did not pass: <ok> passed, <failed> failed, <errors> errored, "),
            Pattern(r"ERROR: Some tests did not pass: <ok> passed, <failed> failed, <errors> errored, "),
        ),
        names=(Pattern(r"(?P<name>\S.{0,300}?): (?:Test Failed|Error During Test) at \S{1,300}"),),
    ),
    heads=("ERROR:",),
    holds=("Test Failed at", "Error During Test at"),
    examples=(
        Example(
            "boils: Test Failed at /tea/runtests.jl:4\n  Expression: heat == 100\n"
            "ERROR: LoadError: Some tests did not pass: 5 passed, 1 failed, 0 errored, 0 broken.\n",
            failed=1,
            ran=6,
            failed_tests=("boils",),
        ),
    ),
)
NIM = Runner(
    name="nim unittest",
    framework="nim",
    reader=Plain(names=(Pattern(r" {2}\[FAILED\] <name>$"),)),
    heads=("[FAILED]",),
    examples=(
        Example(
            "[Suite] tea\n  [OK] fills\n    t.nim(6, 12): Check failed: 99 == 100\n  [FAILED] boils\n", 1, 1, ("boils",)
        ),
    ),
)
ALCOTEST = Runner(
    name="alcotest",
    framework="alcotest",
    reader=Plain(
        counts=(
            Pattern(r"<failed> failures?! in [\d.]{1,12}s\. <run> tests? run\."),
            Pattern(r"Test Successful in [\d.]{1,12}s\. <run> tests? run\."),
        ),
        names=(Pattern(r"> \[FAIL\] {1,20}<name>\.?$"),),
        why=(Pattern(r"FAIL \S"),),
        has_total=True,
    ),
    heads=(">", "FAIL", "0 failure!", "0 failures!", "Test"),
    examples=(
        Example(
            "  [OK]     tea   0   fills.\n> [FAIL]   tea   1   boils.\n\nASSERT same\nFAIL same\n\n"
            "1 failure! in 0.000s. 2 tests run.\n",
            failed=1,
            ran=2,
            failed_tests=("tea   1   boils",),
            why="FAIL same",
        ),
    ),
)
RUNNERS = (EXUNIT, EUNIT, HASKELL, DART, XCTEST, R, BUSTED, ROBOT, BEHAVE, JULIA, NIM, ALCOTEST)
