"""RSpec (and Crystal's spec), Minitest, test-unit."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner

RSPEC = Runner(
    name="rspec",
    framework="rspec",
    reader=Plain(
        counts=(
            Pattern(
                r"~<run> examples?, <failed> failures?(?:, <errors> errors? occurred outside of examples)?"
                r"(?:, <skipped> pending)?(?:, \d{1,9} (?:errors?|passed))?"
            ),
        ),
        names=(Pattern(r"~(?:rspec|crystal spec) (?P<path>['\"]?\.?/?[^\s]{1,300}) # <name>$"),),
        why=(Pattern(r" {3,10}(?:Failure/Error:|expected:? )"),),
        has_total=True,
    ),
    heads=("0 examples", "0 example", "rspec", "crystal", "Failure/Error:"),
    examples=(
        Example(
            """\
  1) Kettle boils
     Failure/Error: expect(kettle.heat).to eq 100

Finished in 0.01 seconds (files took 0.1 seconds to load)
3 examples, 1 failure, 1 pending

Failed examples:

rspec ./spec/kettle_spec.rb:4 # Kettle boils
""",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("Kettle boils",),
        ),
    ),
)
MINITEST = Runner(
    name="minitest",
    framework="minitest",
    reader=Plain(
        counts=(
            Pattern(
                r"~<run> (?:runs|tests), \d{1,9} assertions, <failed> failures, <errors> errors"
                r"(?:, <skipped> skips)?(?!, \d{1,9} pendings)"
            ),
        ),
        names=(
            Pattern(r"~(?P<name>[A-Z][\w:]{0,200}#[\w? !.-]{1,300}?)(?: \[[^\]]{1,300}\])?:?$"),
            Pattern(r"(?P<name>test_[\w?!]{1,200}\([A-Z][\w:]{1,200}\))(?: \[[^\]]{1,300}\])?:$"),
        ),
        has_total=True,
    ),
    heads=("0 runs", "0 tests", "Failure:", "Error:"),
    holds=("#test_",),
    examples=(
        Example(
            "  1) Failure:\nKettleTest#test_boils [test/kettle_test.rb:5]:\nExpected: 100\n  Actual: 99\n\n"
            "3 runs, 3 assertions, 1 failures, 0 errors, 0 skips\n",
            failed=1,
            ran=3,
            failed_tests=("KettleTest#test_boils",),
        ),
    ),
)
TEST_UNIT = Runner(
    name="test-unit",
    framework="test-unit",
    reader=Plain(
        counts=(
            # Put off by `pend` or by `omit`; where there are both, the former are counted.
            Pattern(
                r"~<run> tests, \d{1,9} assertions, <failed> failures, <errors> errors"
                r"(?:, 0 pendings)?, <skipped> (?:pendings|omissions)"
            ),
        ),
        names=(Pattern(r"~(?:Failure|Error): (?P<name>test[^()]{1,300}\([\w:]{1,200}\))"),),
        why=(
            Pattern(r"~[A-Z][\w:]{0,200}(?:Error|Exception): |<\S.{0,400}> expected but was|<\S.{0,400}> was expected"),
        ),
        has_total=True,
    ),
    heads=("0 tests", "Failure:", "Error:"),
    examples=(
        Example(
            "Failure: test_boils(KettleTest)\n<100> expected but was\n<99>\n"
            "4 tests, 4 assertions, 1 failures, 0 errors, 0 pendings, 2 omissions, 0 notifications\n",
            failed=1,
            ran=4,
            skipped=2,
            failed_tests=("test_boils(KettleTest)",),
            why="<100> expected but was",
        ),
    ),
)
RUNNERS = (RSPEC, MINITEST, TEST_UNIT)
