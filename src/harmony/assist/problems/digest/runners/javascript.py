"""The smaller JavaScript runners: AVA, Jasmine, Playwright, Cucumber, TestCafe."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

AVA = Runner(
    name="ava",
    framework="ava",
    reader=Plain(
        counts=(
            Pattern(r"~<ok> tests? passed(?: \[[\d:]{1,9}\])?$"),
            Pattern(r"~<failed> (?:tests? failed|uncaught exceptions?|unhandled rejections?|hooks? failed)$"),
            Pattern(r"~<skipped> tests? (?:skipped|todo)$"),
        ),
        names=(
            Pattern(
                r"~✘ \[fail\]: <name>(?: \([\d.]{1,9}m?s\))?"
                r"(?: (?:Error|Rejected promise|Promise returned|Test finished|Error thrown).{0,200})?$"
            ),
        ),
        why=(Pattern(r" {2}(?:Difference|Error: |Rejected promise|[A-Z]\w{0,60}Error\b)"),),
        proof=Pattern(r"~\d{1,9} tests? passed(?: \[|$)"),
    ),
    heads=("0 test", "0 tests", "0 uncaught", "0 unhandled", "0 hooks", "0 hook", "✘"),
    examples=(
        Example(
            "  ✘ [fail]: kettle › boils\n  ✘ [fail]: cup › pours\n\n  2 tests failed\n  5 tests passed\n",
            failed=2,
            ran=7,
            failed_tests=("kettle › boils", "cup › pours"),
        ),
    ),
)
JASMINE = Runner(
    name="jasmine",
    framework="jasmine",
    reader=Plain(
        counts=(Pattern(r"~<run> specs?, <failed> failures?(?:, <skipped> (?:pending|skipped) specs?)?"),),
        names=(Pattern(r"~\d{1,6}\) <name>$"),),
        list_after=Pattern(r"Failures: ?$|\*{20,60}$"),
        list_ends=Pattern(r"\d{1,9} specs?, |Pending:"),
        why=(Pattern(r" {4}(?:Expected |Error: |Failed: |[A-Z]\w{0,60}Error\b)"),),
        has_total=True,
    ),
    heads=("0 specs", "0 spec", "Failures:"),
    examples=(
        Example(
            "Started\nF.\n\nFailures:\n1) Kettle boils\n  Message:\n    Expected 99 to be 100.\n\n"
            "2 specs, 1 failure\nFinished in 0.1 seconds\n",
            failed=1,
            ran=2,
            failed_tests=("Kettle boils",),
        ),
    ),
)
PLAYWRIGHT = Runner(
    name="playwright",
    framework="playwright",
    reader=Plain(
        counts=(
            Pattern(r"~<ok> passed(?: \([\d.]{1,9}m?s?\))$"),
            Pattern(r"~<failed> failed$"),
            Pattern(r"~<skipped> (?:skipped|did not run)$"),
        ),
        names=(Pattern(r"~\d{1,6}\) (?P<name>\[[\w -]{1,60}\] › .{1,400}?) ?─{0,200}$"),),
        why=(Pattern(r" {4}(?:[A-Z]\w{0,60})?Error: "),),
        proof=Pattern(r" {4}\[[\w -]{1,60}\] › "),
    ),
    heads=("0 passed", "0 failed", "0 skipped", "0 did", "0)", "Error:"),
    holds=("] › ",),
    examples=(
        Example(
            """\
  1) [chromium] › kettle.spec.ts:3:5 › boils ───────────────────────

    Error: expect(received).toBe(expected)

  1 failed
    [chromium] › kettle.spec.ts:3:5 › boils ───────────────────────
  4 passed (3.2s)
""",
            failed=1,
            ran=5,
            failed_tests=("[chromium] › kettle.spec.ts:3:5 › boils",),
        ),
    ),
)
CUCUMBER = Runner(
    name="cucumber",
    framework="cucumber",
    reader=Plain(
        counts=(
            Pattern(
                r"<run> (?:scenarios?|Scenarios) \((?:<failed> failed)?(?:, )?(?:\d{1,9} undefined)?(?:, )?"
                r"(?:<skipped> (?:skipped|pending))?(?:, )?(?:\d{1,9} passed)?\)$"
            ),
        ),
        names=(Pattern(r"cucumber (?P<path>\S{1,300}:\d{1,7}) # Scenario(?: Outline)?: <name>$"),),
        has_total=True,
    ),
    heads=("0 scenario", "0 scenarios", "0 Scenarios", "cucumber"),
    examples=(
        Example(
            "Failing Scenarios:\ncucumber features/tea.feature:7 # Scenario: Boil water\n\n"
            "3 scenarios (1 failed, 2 passed)\n9 steps (1 failed, 8 passed)\n",
            failed=1,
            ran=3,
            failed_tests=("Boil water",),
        ),
    ),
)
RUNNERS = (AVA, JASMINE, PLAYWRIGHT, CUCUMBER)
