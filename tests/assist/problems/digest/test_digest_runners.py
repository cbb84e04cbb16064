"""Every runner's own examples, and what several runners in one log come to."""

from __future__ import annotations

import pytest

from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.model import Digest
from harmony.assist.problems.digest.runners.catalogue import RUNNERS
from harmony.assist.problems.digest.runners.runner import Example, Runner, cue

EXAMPLES = [(runner, example) for runner in RUNNERS for example in runner.examples]


def read(text: str) -> Digest:
    return digest_of([text.encode()])


def test_every_runner_shows_examples() -> None:
    assert [runner.name for runner in RUNNERS if not runner.examples] == []


@pytest.mark.parametrize(
    ("runner", "example"), EXAMPLES, ids=[f"{runner.name}-{at}" for at, (runner, _) in enumerate(EXAMPLES)]
)
def test_an_example_yields_what_it_says(runner: Runner, example: Example) -> None:
    digest = read(example.log)
    assert digest.counts.broken == example.failed
    assert digest.counts.ran == example.ran
    assert digest.counts.skipped == example.skipped
    assert {test.name for test in digest.failed_tests} == set(example.failed_tests)
    assert digest.frameworks == (runner.framework,)
    assert digest.status == ("broken" if example.failed or example.why else "ok")
    assert not example.why or digest.decisive_lines[0].text.strip() == example.why


@pytest.mark.parametrize(("runner", "example"), EXAMPLES, ids=[f"{r.name}-{at}" for at, (r, _) in enumerate(EXAMPLES)])
def test_an_example_reads_the_same_through_a_service_with_time_stamps_and_colours(
    runner: Runner, example: Example
) -> None:
    stamped = "\r\n".join(
        f"2024-05-06T07:08:09.1234567Z \x1b[31m{line}\x1b[0m" if line else "2024-05-06T07:08:09.1234567Z "
        for line in example.log.split("\n")
    )
    plain, digest = read(example.log), read(stamped)
    assert digest.counts.broken == plain.counts.broken
    assert [test.name for test in digest.failed_tests] == [test.name for test in plain.failed_tests]


def test_two_runs_add_up() -> None:
    log = "== 1 failed, 2 passed in 0.12s ==\nother work\n== 3 passed, 1 skipped in 0.50s ==\n"
    counts = read(log).counts
    assert (counts.ran, counts.failed, counts.skipped) == (6, 1, 1)


def test_two_runners_in_one_log_add_up_and_are_both_named() -> None:
    digest = read("  145 passing (34s)\n\nTests:       1 failed, 47 passed, 48 total\n")
    assert (digest.counts.ran, digest.counts.failed) == (193, 1)
    assert digest.frameworks == ("jest", "mocha")


def test_a_log_without_tests_counts_none() -> None:
    digest = read("compiling kettle\n3 warnings generated.\n1 warning in 2 files\ndone\n")
    assert (digest.counts.ran, digest.counts.broken, digest.frameworks) == (0, 0, ())


def test_a_truncated_log_still_names_the_tests_that_failed() -> None:
    digest = read("org.tea.KettleTest > boils FAILED\n    java.lang.AssertionError at KettleTest.java:9\n")
    assert [test.name for test in digest.failed_tests] == ["org.tea.KettleTest.boils"]
    assert digest.counts.broken == 1


def test_the_interleaved_workers_of_xdist_are_told_apart() -> None:
    log = (
        "[gw1] [ 33%] FAILED tests/test_a.py::test_one \n[gw0] [ 66%] PASSED tests/test_a.py::test_two \n"
        "[gw1] [100%] FAILED tests/test_b.py::test_one \n== 2 failed, 1 passed in 0.3s ==\n"
    )
    names = [test.name for test in read(log).failed_tests]
    assert names == ["tests/test_a.py::test_one", "tests/test_b.py::test_one"]


def test_the_name_of_a_unittest_reads_alike_from_old_and_new_pythons() -> None:
    rule = "=" * 70
    old, new = (
        read(f"{rule}\nFAIL: test_a ({owner})\n\nRan 1 test in 0.1s\n\nFAILED (failures=1)\n")
        for owner in ("m.C", "m.C.test_a")
    )
    assert old.failed_tests[0].name == new.failed_tests[0].name == "test_a (m.C)"


@pytest.mark.parametrize(
    ("head", "second", "expected"),
    [
        ("12", "passing", "0 passing"),
        ("1)", "Kettle", "0)"),
        ("====", "x", "="),
        ("✔", "12", "✔ 0"),
        ("✔", "boils", "✔"),
        ("5", "examples,", "0 examples"),
        ("FAIL:", "x", "FAIL:"),
    ],
)
def test_the_cue_of_a_line(head: str, second: str, expected: str) -> None:
    assert cue(head, second) == expected
