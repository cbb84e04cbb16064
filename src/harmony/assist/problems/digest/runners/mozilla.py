"""Mozilla's harnesses (mochitest, xpcshell, reftest, web-platform-tests)."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

MOZILLA = Runner(
    name="mozilla",
    framework="mozilla",
    reader=Plain(
        counts=(
            Pattern(r"~(?:\d{1,7} INFO )?Passed: {1,3}<ok>$"),
            Pattern(r"~(?:\d{1,7} INFO )?Failed: {1,3}<failed>$"),
            Pattern(r"~(?:\d{1,7} INFO )?Todo: {1,3}<xfailed>$"),
            Pattern(r"~REFTEST INFO \| Successful: <ok> "),
            Pattern(r"~REFTEST INFO \| Unexpected: <failed> "),
        ),
        names=(Pattern(r"~(?:REFTEST )?(?:TEST-UNEXPECTED-\w{1,20}|PROCESS-CRASH) \| <name>(?: \| .{0,4000}|$)"),),
        proof=Pattern(r"~(?:REFTEST )?(?:TEST-|INFO \| Successful)"),
    ),
    heads=("Passed:", "Failed:", "Todo:", "REFTEST"),
    holds=("TEST-UNEXPECTED-", "PROCESS-CRASH |", "TEST-START"),
    examples=(
        Example(
            "TEST-START | tea/test_kettle.html\n"
            "TEST-UNEXPECTED-FAIL | tea/test_kettle.html | boils - got 99, expected 100\n"
            "Passed: 3\nFailed: 1\nTodo: 0\n",
            failed=1,
            ran=4,
            failed_tests=("tea/test_kettle.html",),
        ),
    ),
)
RUNNERS = (MOZILLA,)
