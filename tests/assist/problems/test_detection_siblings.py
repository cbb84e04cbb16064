"""Kinds of failure are recognised in failures that no rule names, and what is of no known kind is called unknown.

Every failure here is invented; none of these texts occurs in the taxonomy.
"""

from __future__ import annotations

import pytest

from harmony.assist.problems.classification import judge, suggest
from harmony.assist.problems.model import Environment, Judgement, Report, ReportedError, Signals
from harmony.assist.problems.service import read

LINUX = Environment(os="Ubuntu 22.04")
WINDOWS = Environment(os="Windows 11")


def trace(source: str, error: str) -> str:
    return f'Traceback (most recent call last):\n  File "/opt/kiln/glaze.py", line 41, in fire\n    {source}\n{error}\n'


def judged(log: str, environment: Environment = LINUX, exit_code: int | None = 1, command: str = "run") -> Judgement:
    return judge(read(Report(log=log, environment=environment, exit_code=exit_code, command=command)), 1)


SIBLINGS = [
    # The demo's failure has siblings: other programs, other paths, other tools.
    (
        "backslashes in a relative path",
        trace("json.load(open(name))", "FileNotFoundError: [Errno 2] No such file or directory: 'glazes\\\\blue.json'"),
        LINUX,
        "cross-platform-compatibility/file-path-handling",
    ),
    (
        "a drive in a node program",
        "Error: ENOENT: no such file or directory, open 'D:\\\\orders\\\\may.json'\n"
        "    at readOrders (/srv/shop/orders.js:8:12)",
        LINUX,
        "cross-platform-compatibility/file-path-handling",
    ),
    (
        "a drive that only the source shows",
        trace(
            "shutil.copy('E:/masters/song.wav', target)",
            "FileNotFoundError: [Errno 2] No such file or directory: 'E:/masters/song.wav'",
        ),
        Environment(os="Darwin"),
        "cross-platform-compatibility/file-path-handling",
    ),
    (
        "a path of linux on windows",
        trace("open(HOSTS)", "FileNotFoundError: [Errno 2] No such file or directory: '/etc/kiln.conf'"),
        WINDOWS,
        "cross-platform-compatibility/file-path-handling",
    ),
    (
        "a module of windows",
        trace("import msvcrt", "ModuleNotFoundError: No module named 'msvcrt'"),
        LINUX,
        "cross-platform-compatibility/platform-specific-module",
    ),
    (
        "a call of linux",
        trace("pid = os.fork()", "AttributeError: module 'os' has no attribute 'fork'"),
        WINDOWS,
        "cross-platform-compatibility/platform-specific-call",
    ),
    (
        "line ends of windows",
        "./bake.sh: /bin/sh^M: bad interpreter: No such file or directory",
        LINUX,
        "cross-platform-compatibility/line-endings",
    ),
    (
        "a plain missing file",
        trace("open(recipe)", "FileNotFoundError: [Errno 2] No such file or directory: 'recipe.txt'"),
        LINUX,
        "filesystem/missing-file",
    ),
    (
        "a module that is missing",
        trace("import marmalade", "ModuleNotFoundError: No module named 'marmalade'"),
        LINUX,
        "dependency-missing/module-not-installed",
    ),
    (
        "a program that is missing",
        "deploy.sh: line 4: glazectl: command not found",
        LINUX,
        "dependency-missing/command-not-installed",
    ),
    (
        "versions that do not fit",
        "npm ERR! code ERESOLVE\nnpm ERR! could not resolve",
        LINUX,
        "version-conflict/dependency-resolution",
    ),
    (
        "a bracket too few",
        "  File \"oven.py\", line 3\n    heat(1200\n        ^\nSyntaxError: '(' was never closed",
        LINUX,
        "syntax/source-code",
    ),
    (
        "nothing is used as something",
        "TypeError: Cannot read properties of undefined (reading 'glaze')\n    at mix (/srv/kiln/mix.js:3:9)",
        LINUX,
        "type-error/null-value",
    ),
    (
        "no access",
        trace("open('/etc/shadow')", "PermissionError: [Errno 13] Permission denied: '/etc/shadow'"),
        LINUX,
        "permission/access-denied",
    ),
    (
        "nobody listens",
        trace("socket.connect(address)", "ConnectionRefusedError: [Errno 111] Connection refused"),
        LINUX,
        "network/connection",
    ),
    (
        "too slow",
        trace("client.get(url)", "httpx.ReadTimeout: The read operation timed out"),
        LINUX,
        "timeout/no-answer-in-time",
    ),
    ("no memory left", "building index\nKilled", LINUX, "memory/out-of-memory"),
    (
        "a table that is not there",
        trace("cursor.execute(query)", 'psycopg.errors.UndefinedTable: relation "glazes" does not exist'),
        LINUX,
        "database/statement-refused",
    ),
    (
        "bytes that are no text",
        trace(
            "handle.read()",
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 4: invalid continuation byte",
        ),
        LINUX,
        "encoding/text-encoding",
    ),
    (
        "a variable that is not set",
        trace("os.environ['KILN_TOKEN']", "KeyError: 'KILN_TOKEN'"),
        LINUX,
        "configuration/setting-missing",
    ),
    (
        "a test that fails",
        "    def test_glaze():\n>       assert mix(1) == 3\nE       assert 2 == 3\n\n"
        "FAILED tests/test_kiln.py::test_glaze - assert 2 == 3",
        LINUX,
        "test-failure/assertion",
    ),
    ("git cannot join", "CONFLICT (content): Merge conflict in kiln.py\nAutomatic merge failed", LINUX, "git/conflict"),
    ("git refuses", "fatal: pathspec 'kilnn.py' did not match any files", LINUX, "git/repository-state"),
    ("the linker misses something", "/usr/bin/ld: kiln.o: undefined reference to `fire'", LINUX, "build/linking"),
    (
        "an index too far",
        "panic: runtime error: index out of range [7] with length 3\n\ngoroutine 1 [running]:",
        LINUX,
        "logic-error/out-of-range",
    ),
]

UNKNOWN = [
    ("an error of somebody's own", trace("kiln.open()", "kiln.errors.DoorAjar: the door is not shut")),
    ("a machine's complaint", "ERROR glaze viscosity beyond calibration"),
    ("a panic without a kind", "panic: the potter has left"),
    ("a bare exit", "warming up\ndone with trouble"),
    ("a runtime error without a kind", trace("stir()", "RuntimeError: stirring went the wrong way round")),
]


@pytest.mark.parametrize(("log", "environment", "expected"), [s[1:] for s in SIBLINGS], ids=[s[0] for s in SIBLINGS])
def test_a_failure_is_classed_by_its_kind(log: str, environment: Environment, expected: str) -> None:
    found = judged(log, environment)
    assert found.problem_detected
    assert f"{found.classification.category}/{found.classification.subcategory}" == expected


@pytest.mark.parametrize("log", [u[1] for u in UNKNOWN], ids=[u[0] for u in UNKNOWN])
def test_a_failure_of_no_known_kind_is_classed_unknown(log: str) -> None:
    found = judged(log)
    assert (found.classification.category, found.classification.subcategory) == ("unknown", "unclassified")
    assert found.problem_detected, "it failed all the same"


def test_the_same_missing_file_is_a_matter_of_platforms_only_with_a_sign_of_platforms() -> None:
    log = trace("open(path)", "FileNotFoundError: [Errno 2] No such file or directory: '/data/june.csv'")
    assert judged(log, LINUX).classification.category == "filesystem"
    moved = Environment(os="Linux", previous_environment="Windows 10")
    assert judged(log, moved).classification.category == "cross-platform-compatibility"


def test_the_specification_s_own_example_is_answered_as_printed() -> None:
    error = ReportedError("FileNotFoundError", "No such file or directory: '/home/user/data.csv'", 3)
    report = Report(
        errors=(error,),
        environment=Environment("Linux", "Windows", True),
        signals=Signals(repeated_attempts=True, rapid_edits=True, documentation_checks=2),
    )
    found = judge(read(report), 3)
    kind = found.classification
    assert (kind.category, kind.subcategory) == ("cross-platform-compatibility", "file-path-handling")
    assert (kind.complexity, kind.urgency) == ("medium", "medium")
    assert suggest(found, solution_is_certain=False) == "expert_assistance"
    assert 80 <= found.confidence_percent < 100


def test_work_without_a_failure_is_no_problem() -> None:
    found = judged("collected 3 items\n3 passed, 0 failed, no errors", exit_code=0)
    assert not found.problem_detected
    assert suggest(found, solution_is_certain=True) == "none"


def test_repetition_makes_surer_and_more_pressing() -> None:
    reading = read(Report(log=SIBLINGS[0][1], environment=LINUX))
    once, often = judge(reading, 1), judge(reading, 12)
    assert often.confidence_percent > once.confidence_percent
    assert (once.classification.urgency, often.classification.urgency) == ("low", "medium")


def test_a_known_solution_comes_before_a_person() -> None:
    assert suggest(judged(SIBLINGS[0][1]), solution_is_certain=True) == "known_solution"


def test_an_error_that_was_handled_on_the_way_does_not_outvote_the_one_that_stopped_the_program() -> None:
    handled = trace("fetch()", "ConnectionRefusedError: [Errno 111] Connection refused")
    assert (
        judged(handled + "retrying\n" + trace("row['price']", "KeyError: 'price'")).classification.category
        == "logic-error"
    )


def test_evidence_begins_with_the_decisive_line_and_shows_where_in_one_s_own_code() -> None:
    log = "starting\n" + SIBLINGS[0][1]
    first, second, *rest = judged(log).evidence
    assert (first.line, first.text) == (5, log.splitlines()[4])
    assert second.line == 3
    assert second.text.startswith("fire: json.load")
    assert any("backslashes" in item.reason for item in rest)
