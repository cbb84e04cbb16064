"""Tests of shell scripts: bats (as a person sees it; otherwise it speaks TAP), shUnit2."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

BATS = Runner(
    name="bats",
    framework="bats",
    reader=Plain(
        counts=(Pattern(r"<run> tests?, <failed> failures?(?:, <skipped> skipped)?$"),),
        names=(Pattern(r"~✗ <name>(?: \[\d{1,9}\])?$"),),
        why=(Pattern(r" {3}(?:`.{1,400}' failed|\(in test file)"),),
        proof=Pattern(r" {3}\(in test file .{1,300}, line \d{1,7}\)$"),
        has_total=True,
    ),
    heads=("✗", "0 tests", "0 test"),
    holds=("(in test file",),
    examples=(
        Example(
            " ✓ fills\n ✗ boils\n   (in test file t/kettle.bats, line 5)\n     `[ 99 -eq 100 ]' failed\n"
            " - pours (skipped: later)\n\n3 tests, 1 failure, 1 skipped\n",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("boils",),
        ),
    ),
)
SHUNIT2 = Runner(
    name="shunit2",
    framework="shunit2",
    reader=Plain(
        counts=(Pattern(r"FAILED \(failures=<failed>(?:,skipped=<skipped>)?\)$"), Pattern(r"Ran <run> tests?\.$")),
        names=(Pattern(r"shunit2:ERROR <name>\(\) returned non-zero return code\.$"),),
        why=(Pattern(r"ASSERT:"),),
        proof=Pattern(r"ASSERT:"),
        has_total=True,
    ),
    heads=("FAILED", "Ran", "shunit2:ERROR"),
    holds=("ASSERT:",),
    examples=(
        Example(
            "testBoil\nASSERT:expected:<100> but was:<99>\nshunit2:ERROR testBoil() returned non-zero return code.\n\n"
            "Ran 2 tests.\n\nFAILED (failures=1)\n",
            failed=1,
            ran=2,
            failed_tests=("testBoil",),
            why="ASSERT:expected:<100> but was:<99>",
        ),
    ),
)
RUNNERS = (BATS, SHUNIT2)
