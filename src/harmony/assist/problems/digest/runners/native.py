"""C, C++ and build systems: CTest, GoogleTest, Catch2, doctest, Check, Boost.Test, automake, Meson, lit, Bazel."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner, Tally

CTEST = Runner(
    name="ctest",
    framework="ctest",
    reader=Plain(
        counts=(
            Pattern(r"~\d{1,3}% tests passed, <failed> tests? failed out of <run>$"),
            Pattern(r"Total Test time \(real\) = {1,4}<seconds> sec"),
        ),
        names=(Pattern(r"\s{1,12}\d{1,7} - <name> \((?!Not Run \(Disabled\))[A-Za-z ]{1,40}\)(?: {1,80}\S.{0,80})?$"),),
        list_after=Pattern(r"The following tests FAILED:$"),
        list_ends=Pattern(r"\S"),
        has_total=True,
    ),
    heads=("0 tests", "Total", "The"),
    runs=("googletest", "catch2", "boost.test", "tap"),
    examples=(
        Example(
            "1/1 Test #1: boils ......***Failed    0.02 sec\n[ RUN      ] Kettle.Boils\nkettle_test.cc:9: Failure\n"
            "[  FAILED  ] Kettle.Boils (0 ms)\n[==========] 3 tests from 1 test suite ran. (1 ms total)\n"
            "[  FAILED  ] 1 test, listed below:\n[  FAILED  ] Kettle.Boils\n\n"
            "0% tests passed, 1 tests failed out of 1\n\nThe following tests FAILED:\n\t  1 - boils (Failed)\n",
            failed=1,
            ran=1,
            failed_tests=("boils",),
            why="kettle_test.cc:9: Failure",
        ),
        Example(
            "1/2 Test #1: fills ......   Passed    0.01 sec\n2/2 Test #2: boils ......***Failed    0.02 sec\n\n"
            "50% tests passed, 1 tests failed out of 2\n\nTotal Test time (real) =   0.03 sec\n\n"
            "The following tests FAILED:\n\t  2 - boils (Failed)\nErrors while running CTest\n",
            failed=1,
            ran=2,
            failed_tests=("boils",),
        ),
    ),
)
GTEST = Runner(
    name="googletest",
    framework="googletest",
    reader=Plain(
        counts=(
            Pattern(r"~(?:\d{1,9}: )?\[==========\] <run> tests? from \d{1,9} test (?:suites?|cases?) ran\."),
            Pattern(r"~(?:\d{1,9}: )?\[  FAILED  \] <failed> tests?, listed below"),
            Pattern(r"~(?:\d{1,9}: )?\[  SKIPPED \] <skipped> tests?, listed below"),
        ),
        names=(Pattern(r"~(?:\d{1,9}: )?\[  FAILED  \] (?P<name>[\w/]{1,200}\.[\w/]{1,200})(?:[ ,].{0,400})?$"),),
        why=(Pattern(r"\S{1,300}:\d{1,7}: Failure$"),),
        has_total=True,
    ),
    heads=("[==========]", "[", "0 [==========]", "0 ["),
    tails=("Failure",),
    examples=(
        Example(
            """\
[ RUN      ] Kettle.Boils
kettle_test.cc:9: Failure
Expected equality of these values:
[  FAILED  ] Kettle.Boils (0 ms)
[==========] 2 tests from 1 test suite ran. (1 ms total)
[  PASSED  ] 1 test.
[  FAILED  ] 1 test, listed below:
[  FAILED  ] Kettle.Boils

 1 FAILED TEST
""",
            failed=1,
            ran=2,
            failed_tests=("Kettle.Boils",),
        ),
    ),
)
_CATCH_COUNTS = (
    Pattern(
        r"~(?:\[doctest\] )?test cases: {1,12}<run> ?\|(?: {1,12}\d{1,9} passed ?\|?)?(?: {1,12}<failed> failed)?"
        r"(?: ?\| {1,12}<xfailed> failed as expected)?(?: ?\| {1,12}<skipped> skipped)?"
    ),
    Pattern(r"All tests passed \(\d{1,9} assertions? in <run> test cases?\)"),
)
_CATCH_FAILED = Pattern(r"\S{1,300}:\d{1,7}: (?:FAILED|ERROR):")
_CATCH_SECTIONS_LIMIT = 12
"""A rule so few lines after another closes what that one opened."""
_DOCTEST_CASE = Pattern(r"TEST CASE: {1,4}<name>$")


class CatchReader:
    """Between two rules of ``-`` stand the test case and its sections; every failed check follows under them."""

    def __init__(self) -> None:
        self.tally = Tally(has_total=True)
        self.ruled = -99
        self.case = ""

    def read(self, text: str, line: int) -> bool:
        for pattern in _CATCH_COUNTS:
            if found := pattern.match(text):
                self.tally.add(found.groupdict())
                return False
        if text[:4] == "----":
            closes = line - self.ruled <= _CATCH_SECTIONS_LIMIT
            self.ruled = -99 if closes else line
            return not closes
        if line == self.ruled + 1:
            self.case = text.strip()
        elif found := _DOCTEST_CASE.match(text):
            self.case = found["name"]
        elif _CATCH_FAILED.match(text):
            if self.case:
                self.tally.fail(self.case, line)
            self.tally.blame(line, text)
        return False


CATCH = Runner(
    name="catch2",
    framework="catch2",
    reader=CatchReader,
    heads=("test", "[doctest]", "All", "TEST"),
    tails=("FAILED:",),
    holds=(": ERROR: ", "----------"),
    examples=(
        Example(
            "----------\nKettle boils\n  at sea level\n----------\nkettle.cpp:9\n.....\n\nkettle.cpp:9: FAILED:\n"
            "  REQUIRE( 99 == 100 )\n\ntest cases:  5 |  4 passed | 1 failed\nassertions: 12 | 11 passed | 1 failed\n",
            failed=1,
            ran=5,
            failed_tests=("Kettle boils",),
            why="kettle.cpp:9: FAILED:",
        ),
        Example(
            "kettle.cpp:8:\nTEST CASE:  boils\n\nkettle.cpp:9: ERROR: CHECK( 99 == 100 ) is NOT correct!\n"
            "[doctest] test cases:  3 |  2 passed | 1 failed | 1 skipped\n",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("boils",),
            why="kettle.cpp:9: ERROR: CHECK( 99 == 100 ) is NOT correct!",
        ),
    ),
)
CHECK = Runner(
    name="check",
    framework="check",
    reader=Plain(
        counts=(Pattern(r"\d{1,3}%: Checks: <run>, Failures: <failed>, Errors: <errors>$"),),
        names=(Pattern(r"\S{1,300}:\d{1,7}:[FE]:(?P<suite>[^:]{1,200}):(?P<name>[^:]{1,200}):\d{1,7}: "),),
        proof=Pattern(r"Running suite\(s\): "),
        has_total=True,
    ),
    heads=("Running",),
    holds=("Checks: ", ":F:", ":E:"),
    examples=(
        Example(
            "Running suite(s): Tea\n50%: Checks: 2, Failures: 1, Errors: 0\n"
            "kettle.c:3:F:Core:boils:0: Assertion '99 == 100' failed\n",
            failed=1,
            ran=2,
            failed_tests=("Core.boils",),
        ),
    ),
)
BOOST = Runner(
    name="boost.test",
    framework="boost.test",
    reader=Plain(
        counts=(
            Pattern(r"\*{3} <failed> failures? (?:is|are) detected"),
            Pattern(r"Running <ok> test cases?\.{3}"),
        ),
        names=(Pattern(r".{0,300}\berror: in \"<name>\": "),),
    ),
    heads=("*",),
    holds=('error: in "',),
    examples=(
        Example(
            'kettle.cpp(9): error: in "kettle/boils": check 99 == 100 has failed\n\n'
            '*** 1 failure is detected in the test module "tea"\n',
            failed=1,
            ran=1,
            failed_tests=("kettle/boils",),
        ),
    ),
)
AUTOMAKE = Runner(
    name="automake",
    framework="automake",
    reader=Plain(
        counts=(
            Pattern(r"# TOTAL: <run>$"),
            Pattern(r"# FAIL: {1,2}<failed>$"),
            Pattern(r"# ERROR: <errors>$"),
            Pattern(r"# SKIP: {1,2}<skipped>$"),
        ),
        names=(Pattern(r"FAIL: (?P<name>[\w./+-]{1,300})(?: \d{1,7}(?: - .{0,300})?)?$"),),
        has_total=True,
    ),
    heads=("#", "FAIL:"),
    examples=(
        Example(
            "PASS: fills\nFAIL: boils\n# TOTAL: 2\n# PASS:  1\n# SKIP:  0\n# XFAIL: 0\n# FAIL:  1\n# ERROR: 0\n",
            failed=1,
            ran=2,
            failed_tests=("boils",),
        ),
    ),
)
MESON = Runner(
    name="meson",
    framework="meson",
    reader=Plain(
        counts=(
            Pattern(r"Ok: {1,20}<ok>~$"),
            Pattern(r"(?:Fail|Unexpected Pass|Timeout): {1,20}<failed>~$"),
            Pattern(r"Skipped: {1,20}<skipped>~$"),
        ),
        names=(Pattern(r"~\d{1,6}/\d{1,6} <name> {1,80}(?:FAIL|TIMEOUT|ERROR) {1,20}[\d.]{1,12} ?s"),),
    ),
    heads=("Ok:", "Fail:", "Timeout:", "Skipped:"),
    holds=("FAIL  ", "TIMEOUT  ", "ERROR  "),
    examples=(
        Example(
            "1/3 fills OK              0.01s\n2/3 boils FAIL            0.02s   exit status 1\n"
            "3/3 pours TIMEOUT         1.05s   killed by signal 15 SIGTERM\n\n"
            "Ok:                 1\nExpected Fail:      0\nFail:               1\nUnexpected Pass:    0\n"
            "Skipped:            0\nTimeout:            1\n",
            failed=2,
            ran=3,
            failed_tests=("boils", "pours"),
        ),
    ),
)
LIT = Runner(
    name="lit",
    framework="lit",
    reader=Plain(
        counts=(
            Pattern(r" {2}(?:Expected Passes|Passed) {0,20}: <ok>\b"),
            Pattern(r" {2}(?:Unexpected Failures|Failed|Timed Out|Unresolved) {0,20}: <failed>\b"),
            Pattern(r" {2}(?:Unsupported Tests|Unsupported|Skipped) {0,20}: <skipped>\b"),
        ),
        names=(Pattern(r"(?:FAIL|TIMEOUT|UNRESOLVED): <name> \(\d{1,7} of \d{1,7}\)"),),
        list_after=Pattern(r"Testing Time: "),
    ),
    heads=("FAIL:", "Testing"),
    examples=(
        Example(
            "FAIL: Tea :: boils.ll (2 of 2)\nTesting Time: 0.12s\n  Passed: 1\n  Failed: 1\n",
            failed=1,
            ran=2,
        ),
    ),
)
BAZEL = Runner(
    name="bazel",
    framework="bazel",
    reader=Plain(
        counts=(
            Pattern(
                r"Executed \d{1,7} out of <run> tests?: (?:\d{1,7} tests? pass(?:es)?)?(?: and |, )?"
                r"(?:<failed> fails? locally|<errors> fails? to build)?"
            ),
        ),
        names=(Pattern(r"(?P<name>//\S{1,300}) {1,200}(?:FAILED|TIMEOUT|NO STATUS|FAILED TO BUILD)\b"),),
        has_total=True,
    ),
    heads=("Executed",),
    holds=("  FAILED ", "  TIMEOUT "),
    examples=(
        Example(
            "//tea:cup_test          PASSED in 0.2s\n//tea:kettle_test       FAILED in 0.3s\n\n"
            "Executed 2 out of 2 tests: 1 test passes and 1 fails locally.\n",
            failed=1,
            ran=2,
            failed_tests=("//tea:kettle_test",),
        ),
    ),
)
RUNNERS = (CTEST, GTEST, CATCH, CHECK, BOOST, AUTOMAKE, MESON, LIT, BAZEL)
