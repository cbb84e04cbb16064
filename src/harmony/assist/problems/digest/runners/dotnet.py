"""dotnet test (VSTest), xUnit's and NUnit's own consoles."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

VSTEST = Runner(
    name="dotnet test",
    framework="dotnet",
    reader=Plain(
        counts=(
            Pattern(
                r"~(?:Passed|Failed"
                r"|Skipped)! {1,3}- Failed: {1,9}<failed>, Passed: {1,9}\d{1,9}, Skipped: {1,9}<skipped>, "
                r"Total: {1,9}<run>(?:, Duration)?"
            ),
            Pattern(r"~Total tests: <run>(?:\. Passed: \d{1,9}\. Failed: <failed>\. Skipped: <skipped>\.)?"),
            Pattern(r"~Failed: {1,3}<failed>$"),
            Pattern(r"~Skipped: {1,3}<skipped>$"),
            Pattern(
                r"~(?:Test summary"
                r"|Test run summary): total: <run>, failed: <failed>, succeeded: \d{1,9}, skipped: <skipped>"
            ),
        ),
        names=(
            Pattern(r" {2,4}(?:Failed|X) (?P<name>[A-Za-z_][\w.+`<>]{1,300}(?:\(.{0,300}\))?)(?: \[[^\]]{1,30}\])?$"),
        ),
        why=(Pattern(r"\s{3,8}(?:Assert\.|Expected: |[\w.]{1,200}Exception ?:|Expected .{1,300} but )"),),
        has_total=True,
        proof=Pattern(r"~(?:Total tests: |(?:Passed|Failed|Skipped)! |Test (?:run )?summary: )"),
    ),
    heads=("Failed!", "Passed!", "Skipped!", "Total", "Failed:", "Skipped:", "Failed", "X", "Test"),
    examples=(
        Example(
            """\
  Failed Tea.KettleTests.Boils [12 ms]
  Error Message:
   Assert.Equal() Failure
Failed!  - Failed:     1, Passed:     5, Skipped:     2, Total:     8, Duration: 120 ms - Tea.dll (net8.0)
""",
            failed=1,
            ran=8,
            skipped=2,
            failed_tests=("Tea.KettleTests.Boils",),
        ),
        Example("Total tests: 6\n     Passed: 5\n     Failed: 1\n Total time: 1.2 Seconds\n", failed=1, ran=6),
        Example("Total tests: 6. Passed: 5. Failed: 1. Skipped: 0.\nTest Run Failed.\n", failed=1, ran=6),
    ),
)
XUNIT = Runner(
    name="xunit",
    framework="xunit",
    reader=Plain(
        counts=(
            Pattern(
                r"~(?:[\w.-]{1,200} {1,9})?Total: <run>, Errors: <errors>, Failed: <failed>, Skipped: <skipped>"
                r"(?:, Not Run: \d{1,9})?, Time: <seconds>s"
            ),
        ),
        names=(Pattern(r"~(?P<name>[A-Za-z_][\w.]{1,300}(?:\(.{0,300}\))?) \[FAIL\]$"),),
        has_total=True,
    ),
    tails=("[FAIL]",),
    holds=("Total: ",),
    examples=(
        Example(
            "    Tea.KettleTests.Boils [FAIL]\n      Assert.Equal() Failure\n=== TEST EXECUTION SUMMARY ===\n"
            "   Tea  Total: 6, Errors: 0, Failed: 1, Skipped: 1, Time: 0.236s\n",
            failed=1,
            ran=6,
            skipped=1,
            failed_tests=("Tea.KettleTests.Boils",),
        ),
    ),
)
NUNIT = Runner(
    name="nunit",
    framework="nunit",
    reader=Plain(
        counts=(
            Pattern(
                r"~(?:Test Count|Tests run): <run>,(?: Passed: \d{1,9},)? (?:Failed|Errors): <failed>, "
                r"(?:Warnings: \d{1,9}|Failures: <errors>), (?:Inconclusive: \d{1,9}, )?(?:Skipped|Not run): <skipped>"
            ),
        ),
        names=(Pattern(r"~\d{1,6}\) (?:Failed|Error|Test Failure|Test Error) : <name>$"),),
        has_total=True,
    ),
    heads=("Test", "Tests", "0)"),
    examples=(
        Example(
            "1) Failed : Tea.KettleTests.Boils\n  Expected: 100\n  But was:  99\n\n"
            "  Test Count: 6, Passed: 5, Failed: 1, Warnings: 0, Inconclusive: 0, Skipped: 0\n",
            failed=1,
            ran=6,
            failed_tests=("Tea.KettleTests.Boils",),
        ),
    ),
)
RUNNERS = (VSTEST, XUNIT, NUNIT)
