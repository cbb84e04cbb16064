"""What a log tells of the machine, and what many logs tell together."""

from __future__ import annotations

import pytest

from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.several import joined, worst


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Python 3.11.7", "python", "3.11.7"),
        ("platform linux -- Python 3.9.2, pytest-7.0", "python", "3.9.2"),
        ('openjdk version "17.0.1" 2021-10-19', "java", "17.0.1"),
        ("go version go1.22.1 linux/amd64", "go", "1.22.1"),
        ("rustc 1.77.0 (aedd173a2 2024-03-17)", "rust", "1.77.0"),
        ("Now using node v18.2.0 (npm v8.9.0)", "node", "18.2.0"),
        ("ruby 3.2.1p31 (2023-02-08)", "ruby", "3.2.1p31"),
    ],
)
def test_versions_are_noticed(line: str, name: str, value: str) -> None:
    assert digest_of([line.encode()]).environment[name] == value


@pytest.mark.parametrize(
    ("line", "system", "status"),
    [
        ("[INFO] Scanning for projects...\n[INFO] BUILD SUCCESS", "Maven", "ok"),
        ("> Task :compileJava\nBUILD FAILED in 3s", "Gradle", "broken"),
        ("Buildfile: /tea/build.xml\nBUILD FAILED", "Ant", "broken"),
        ("make: *** [Makefile:3: all] Error 2", "Make", "broken"),
    ],
)
def test_the_build_system_and_its_verdict_are_noticed(line: str, system: str, status: str) -> None:
    digest = digest_of([line.encode()])
    assert (digest.build_system, digest.status) == (system, status)


def test_the_worst_of_many_logs_explains_and_the_counts_add_up() -> None:
    fine = ("fine.log", digest_of([b"== 3 passed in 0.1s ==\n"]))
    bad = ("bad.log", digest_of([b"== 2 failed, 1 passed in 0.1s ==\n"]))
    stopped = ("stopped.log", digest_of([b"##[error]The operation was canceled.\n"]))
    assert worst([fine, stopped, bad]) == bad
    assert worst([fine, stopped]) == stopped
    answer = joined([fine, bad, stopped], decisive=False)
    assert (answer["n_run"], answer["n_failed"], answer["log"], answer["status"]) == (6, 2, "bad.log", "broken")
