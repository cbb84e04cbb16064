"""How services frame the work decides how the run ended and which command failed."""

from __future__ import annotations

import pytest

from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.model import Digest
from harmony.assist.problems.digest.prefixes import split


def read(text: str) -> Digest:
    return digest_of([text.encode()])


GITHUB = """\
2024-05-06T07:08:09.1234567Z ##[group]Run make test
2024-05-06T07:08:09.1234567Z \x1b[36;1mmake test\x1b[0m
2024-05-06T07:08:09.1234567Z ##[endgroup]
2024-05-06T07:08:10.1234567Z kettle.c:9:3: error: 'heat' undeclared
2024-05-06T07:08:11.1234567Z make: *** [Makefile:4: kettle.o] Error 1
2024-05-06T07:08:11.1234567Z ##[error]Process completed with exit code 2.
"""


@pytest.mark.parametrize(
    ("service", "status", "log"),
    [
        ("github-actions", "broken", GITHUB),
        ("github-actions", "cancelled", "##[group]Run make\n##[error]The operation was canceled.\n"),
        ("github-actions", "ok", "##[group]Run make\ndone\n##[endgroup]\n"),
        (
            "travis",
            "broken",
            'travis_fold:start:script\n$ make\nThe command "make" exited with 2.\nDone. Your build exited with 1.\n',
        ),
        (
            "travis",
            "ok",
            'travis_fold:start:x\n$ make\nThe command "make" exited with 0.\nDone. Your build exited with 0.\n',
        ),
        (
            "travis",
            "cancelled",
            "Build language: c\n$ make\nNo output has been received in the last 10m0s, this potentially\n",
        ),
        ("gitlab", "broken", "Running with gitlab-runner 16.1\n$ make\nERROR: Job failed: exit code 1\n"),
        ("gitlab", "ok", "Running with gitlab-runner 16.1\n$ make\nJob succeeded\n"),
        ("gitlab", "cancelled", "Running with gitlab-runner 16.1\nERROR: Job failed: canceled\n"),
        ("jenkins", "broken", "Started by user tea\n+ make\nFinished: FAILURE\n"),
        ("jenkins", "ok", "Started by user tea\n+ make\nFinished: SUCCESS\n"),
        ("jenkins", "cancelled", "Started by user tea\n+ make\nFinished: ABORTED\n"),
        ("buildkite", "broken", "~~~ Running commands\n$ make\n🚨 Error: The command exited with status 2\n"),
        (
            "taskcluster",
            "broken",
            "[taskcluster 2024-05-06 07:08:09.123Z] Unsuccessful task run with exit code: 1 completed in 1 seconds\n",
        ),
        (
            "taskcluster",
            "ok",
            "[taskcluster 2024-05-06 07:08:09.123Z] Successful task run with exit code: 0 completed in 1 seconds\n",
        ),
        (
            "taskcluster",
            "cancelled",
            "[taskcluster 2024-05-06 07:08:09.123Z] Task ID: x\n"
            "[taskcluster:error] Task aborted - max run time exceeded\n",
        ),
        (None, "broken", "kettle.c:9:3: error: 'heat' undeclared\nmake: *** [Makefile:4: kettle.o] Error 1\n"),
        (None, "broken", "[INFO] BUILD FAILURE\n"),
        (None, "ok", "[INFO] BUILD SUCCESS\n"),
        (None, "ok", "nothing special\n"),
    ],
)
def test_a_log_ends_as_its_service_says(service: str | None, status: str, log: str) -> None:
    digest = read(log)
    assert (digest.service, digest.status) == (service, status)


def test_a_failure_that_the_service_allowed_leaves_the_run_ok() -> None:
    log = (
        'travis_fold:start:x\n$ npm test\n  1 passing (3ms)\n\nThe command "npm test" exited with 0.\n'
        "error: upload failed\nDone. Your build exited with 0.\n"
    )
    assert read(log).status == "ok"


def test_the_failing_command_is_named() -> None:
    assert read(GITHUB).failing_command == "make test"
    log = 'travis_fold:start:x\n$ make\nThe command "make -j2" exited with 2.\nDone. Your build exited with 1.\n'
    assert read(log).failing_command == "make -j2"


def test_what_a_log_says_cannot_end_a_run_of_another_service() -> None:
    log = "2024-05-06T07:08:09.1234567Z ##[group]Run cat old.log\n2024-05-06T07:08:09.1234567Z Finished: FAILURE\n"
    assert read(log).status == "ok"


@pytest.mark.parametrize(
    ("text", "level", "body"),
    [
        ("[ERROR]   KettleTest.boils:9 x", "error", "  KettleTest.boils:9 x"),
        ("[info] [error] Test a failed", "error", "Test a failed"),
        ("    [junit] Testcase: boils took 1 sec", "", "Testcase: boils took 1 sec"),
        ("ERROR -  error: linking failed", "error", "error: linking failed"),
        ("##[error]it broke", "error", "it broke"),
        ("::warning file=a.py,line=3::odd", "warning", "odd"),
        ("[chromium] › kettle.spec.ts", "", "[chromium] › kettle.spec.ts"),
        ("ERROR: test_a (m.C)", "", "ERROR: test_a (m.C)"),
    ],
)
def test_levels_and_tags_are_taken_off(text: str, level: str, body: str) -> None:
    assert split(text) == (level, body)


@pytest.mark.parametrize(
    "worker", ["test_1  | ", "kettle-web-1 | ", "@tea/kettle: ", "@tea/kettle:test: ", "kettle:test: "]
)
def test_what_interleaved_workers_print_is_read_without_their_names(worker: str) -> None:
    log = "".join(f"{worker}{line}\n" for line in ("  2 passing (3ms)", "  1 failing", "", "  1) Kettle boils:"))
    digest = read(log)
    assert (digest.counts.ran, digest.counts.failed) == (3, 1)
    assert [test.name for test in digest.failed_tests] == ["Kettle boils:"]


def test_a_runner_that_never_came_to_a_summary_is_named_by_its_call() -> None:
    assert read("> jest --ci\n\nError: no config\n").frameworks == ("jest",)
