"""Gradle, sbt with ScalaTest, specs2 or MUnit, Kotest, and Clojure."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner, Tally

GRADLE = Runner(
    name="gradle",
    framework="JUnit",
    reader=Plain(
        counts=(Pattern(r"<run> tests? completed(?:, <failed> failed)?(?:, <skipped> skipped)?$"),),
        names=(
            Pattern(
                r"(?!> Task )(?P<suite>[A-Za-z_][^\s>:]{0,300}(?:\[\w{1,20}\])?) > <name>"
                r"(?: \(\d[\d.]{0,9} ?m?s\))? (?:FAILED|❌)$"
            ),
        ),
        why=(
            Pattern(
                r" {4}(?:[a-z]\w{0,60}\.){1,12}[A-Z][\w$]{0,100}(?:Error|Exception|Failure)\w{0,40}(?: at |:"
                r"|$)"
            ),
        ),
        has_total=True,
    ),
    heads=("0 tests", "0 test"),
    tails=("FAILED", "❌"),
    examples=(
        Example(
            """\
> Task :test FAILED

org.tea.KettleTest > boils FAILED
    org.opentest4j.AssertionFailedError at KettleTest.java:28

KettleTest > whenFull > pours(int) > [1] 3 FAILED

12 tests completed, 2 failed, 1 skipped
""",
            failed=2,
            ran=12,
            skipped=1,
            failed_tests=("org.tea.KettleTest.boils", "KettleTest.whenFull > pours(int) > [1] 3"),
        ),
    ),
)

_SBT_TOTAL = Pattern(
    r"~(?:Passed|Failed|Error): {1,2}Total <run>, Failed <failed>, Errors <errors>, Passed \d{1,9}"
    r"(?:, (?:Skipped|Ignored) <skipped>)?"
)
_SCALATEST = Pattern(r"~Tests: succeeded <ok>, failed <failed>, canceled \d{1,9}, ignored <skipped>")
_SCALA_NAME = Pattern(r"~- <name> \*{3} FAILED \*{3}")
_TEST_FAILED = Pattern(r"~Test <name> failed: ")
_MUNIT = Pattern(r"~==> X <name>  {1,4}[\d.]{1,9}s ")


class SbtReader:
    """sbt's own total counts; ScalaTest's (printed just before it) only when sbt printed none."""

    def __init__(self) -> None:
        self._tally = Tally(has_total=True)
        self.inner = Tally()

    @property
    def tally(self) -> Tally:
        if not self._tally.summarised and self.inner.summarised:
            self._tally.counts, self._tally.summarised = self.inner.counts, True
        return self._tally

    def read(self, text: str, line: int) -> bool:
        if found := _SBT_TOTAL.match(text):
            self._tally.add(found.groupdict())
        elif found := _SCALATEST.match(text):
            self.inner.add(found.groupdict())
        elif found := (_TEST_FAILED.match(text) or _SCALA_NAME.match(text) or _MUNIT.match(text)):
            self._tally.fail(found["name"], line)
            self._tally.blame(line, text)
        return False


SBT = Runner(
    name="sbt",
    framework="sbt",
    reader=SbtReader,
    heads=("Passed:", "Failed:", "Error:", "Tests:", "Test", "==>"),
    holds=("*** FAILED ***",),
    examples=(
        Example(
            """\
[info] KettleSpec:
[info] - fills
[info] - boils *** FAILED ***
[info]   99 did not equal 100 (KettleSpec.scala:9)
[info] Tests: succeeded 1, failed 1, canceled 0, ignored 1, pending 0
[error] Failed: Total 2, Failed 1, Errors 0, Passed 1, Ignored 1
""",
            failed=1,
            ran=2,
            skipped=1,
            failed_tests=("boils",),
        ),
        Example(
            "[error] Test org.tea.KettleTest.boils failed: java.lang.AssertionError: 99, took 0.002s\n"
            "[error] Failed: Total 3, Failed 1, Errors 0, Passed 2\n",
            failed=1,
            ran=3,
            failed_tests=("org.tea.KettleTest.boils",),
        ),
    ),
)
CLOJURE = Runner(
    name="clojure.test",
    framework="clojure.test",
    reader=Plain(
        counts=(
            Pattern(r"Ran <run> tests containing \d{1,9} assertions\.$"),
            Pattern(r"<failed> failures, <errors> errors\.$"),
        ),
        names=(Pattern(r"(?:FAIL|ERROR) in \(<name>\) \("),),
        has_total=True,
    ),
    heads=("Ran", "0 failures", "FAIL", "ERROR"),
    examples=(
        Example(
            "FAIL in (boils-test) (kettle_test.clj:5)\nexpected: (= 100 99)\n\n"
            "Ran 2 tests containing 3 assertions.\n1 failures, 0 errors.\n",
            failed=1,
            ran=2,
            failed_tests=("boils-test",),
        ),
    ),
)
RUNNERS = (GRADLE, SBT, CLOJURE)
