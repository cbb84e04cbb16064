"""cargo test and cargo nextest."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

CARGO = Runner(
    name="cargo test",
    framework="cargo",
    reader=Plain(
        counts=(
            Pattern(
                r"test result: (?:ok|FAILED)\. <ok> passed; <failed> failed; <skipped> ignored"
                r"(?:.{0,80}finished in <seconds>s)?"
            ),
        ),
        names=(Pattern(r"test <name> \.{3} (?:FAILED|failed)(?: \([\d.]{1,9}s\))?$"),),
        why=(Pattern(r"thread '.{1,300}' (?:\(\d{1,9}\) )?panicked at "),),
    ),
    heads=("test", "thread"),
    examples=(
        Example(
            """\
running 2 tests
test tests::fills ... ok
test tests::boils ... FAILED

failures:

---- tests::boils stdout ----
thread 'tests::boils' panicked at src/lib.rs:9:5:
assertion `left == right` failed

failures:
    tests::boils

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
""",
            failed=1,
            ran=2,
            failed_tests=("tests::boils",),
        ),
    ),
)
NEXTEST = Runner(
    name="cargo nextest",
    framework="nextest",
    reader=Plain(
        counts=(
            Pattern(
                r"~Summary \[ {0,12}<seconds>s\] (?:\d{1,9}/)?<run> tests? run: \d{1,9} passed(?: \(.{1,60}\))?"
                r"(?:, <failed> failed)?(?:, \d{1,9} timed out)?(?:, <skipped> skipped)?"
            ),
        ),
        names=(Pattern(r"~(?:FAIL|SIGABRT|SIGSEGV|TIMEOUT) \[ {0,12}[\d.]{1,12}s\] (?:\([^)]{1,30}\) )?<name>$"),),
        has_total=True,
    ),
    heads=("Summary", "FAIL", "SIGABRT", "SIGSEGV", "TIMEOUT"),
    examples=(
        Example(
            "        FAIL [   0.005s] kettle tests::boils\n------------\n"
            "     Summary [   0.012s] 5 tests run: 4 passed, 1 failed, 0 skipped\n"
            "        FAIL [   0.005s] kettle tests::boils\n",
            failed=1,
            ran=5,
            failed_tests=("kettle tests::boils",),
        ),
    ),
)
RUNNERS = (CARGO, NEXTEST)
