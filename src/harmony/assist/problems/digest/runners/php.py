"""PHPUnit, Pest, Behat, phpspec."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

PHPUNIT = Runner(
    name="phpunit",
    framework="phpunit",
    reader=Plain(
        counts=(
            Pattern(
                r"Tests: <run>, Assertions: \d{1,9}(?:, PHPUnit Errors: \d{1,9})?(?:, Errors: <errors>)?"
                r"(?:, Failures: <failed>)?(?:, (?:PHPUnit )?Warnings: \d{1,9})?(?:, (?:PHPUnit )?Deprecations:"
                r" \d{1,9})?"
                r"(?:, (?:PHPUnit )?Notices: \d{1,9})?(?:, Skipped: <skipped>)?"
            ),
            Pattern(r"OK \(<run> tests?, \d{1,9} assertions?\)"),
        ),
        names=(
            Pattern(r"~✘ <name>$"),
            Pattern(r"\d{1,7}\) (?P<name>[\w\\]{1,300}::[\w ]{1,300}(?: with data set .{1,300}|\s#\S{1,100})?)$"),
        ),
        list_after=Pattern(
            r"There (?:was|were) \d{1,9} (?:failures?|errors?|PHPUnit error)|Summary of non-successful tests:$"
        ),
        list_ends=Pattern(
            r"FAILURES!|ERRORS!|There (?:was|were) \d{1,9} (?:risky|skipped|incomplete|warning|deprecat)"
        ),
        why=(
            Pattern(
                r"~(?:│ )?(?:Failed asserting |Error: |TypeError: |PHPUnit.{1,80}Exception: |[\w\\]{1,200}Exception: "
                r"|Expectation failed)"
            ),
        ),
        has_total=True,
    ),
    heads=("Tests:", "OK", "There", "Summary"),
    examples=(
        Example(
            """\
There was 1 error:

1) Tea\\CupTest::testPours with data set #1 (3)
TypeError: bad cup

--

There was 1 failure:

1) Tea\\KettleTest::testBoils
Failed asserting that 99 matches expected 100.

/app/tests/KettleTest.php:9

FAILURES!
Tests: 5, Assertions: 7, Errors: 1, Failures: 1, Skipped: 1.
""",
            failed=2,
            ran=5,
            skipped=1,
            failed_tests=("Tea\\CupTest::testPours with data set #1 (3)", "Tea\\KettleTest::testBoils"),
        ),
        Example(
            "Kettle\n ✘ Boils\n   │\n   │ Failed asserting that 99 is 100.\n\nSummary of non-successful tests:\n\n"
            "Kettle\n ✘ Boils\n   │\n   │ Failed asserting that 99 is 100.\n\nFAILURES!\n"
            "Tests: 2, Assertions: 2, Failures: 1.\n",
            failed=1,
            ran=2,
            failed_tests=("Boils",),
            why="│ Failed asserting that 99 is 100.",
        ),
        Example("OK (12 tests, 34 assertions)\n", failed=0, ran=12),
    ),
)
PEST = Runner(
    name="pest",
    framework="pest",
    reader=Plain(
        counts=(
            Pattern(
                r"~Tests: {1,6}(?:<failed> failed(?:, )?)?(?:\d{1,9} risky(?:, )?)?(?:<skipped> skipped(?:, )?)?"
                r"(?:<ok> passed )?\(\d{1,9} assertions?\)"
            ),
        ),
        names=(Pattern(r"~FAILED {1,3}(?P<name>[\w\\]{1,200} > .{1,300}?)(?: {2,200}.{0,100})?$"),),
    ),
    heads=("Tests:", "FAILED"),
    examples=(
        Example(
            "   FAILED  Tests\\Unit\\KettleTest > it boils\n  Failed asserting that 99 is 100.\n\n"
            "  Tests:    1 failed, 5 passed (10 assertions)\n",
            failed=1,
            ran=6,
            failed_tests=("Tests\\Unit\\KettleTest > it boils",),
        ),
    ),
)
PHPSPEC = Runner(
    name="phpspec",
    framework="phpspec",
    reader=Plain(
        counts=(
            Pattern(
                r"<run> examples? \((?:\d{1,9} passed)?(?:, )?(?:<skipped> (?:pending|skipped))?(?:, )?"
                r"(?:<failed> failed)?(?:, )?(?:<errors> broken)?\)"
            ),
        ),
        has_total=True,
    ),
    heads=("0 examples", "0 example"),
    examples=(Example("3 specs\n8 examples (7 passed, 1 failed)\n12ms\n", failed=1, ran=8),),
)
RUNNERS = (PHPUNIT, PEST, PHPSPEC)
