"""`harmony digest` in a pipe: exit codes, JSON, batches, and what it loads."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BROKEN = b"FAILED tests/test_a.py::test_b - assert 1 == 2\n== 1 failed, 2 passed in 0.12s ==\n"
FINE = b"== 3 passed in 0.12s ==\n"
SOURCE = Path(__file__).resolve().parents[4] / "src"


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "harmony.apps.cli", "digest", *arguments],
        input=given,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [(FINE, 0), (BROKEN, 1), (b"\x7fELF" + bytes(100), 3), (b"##[error]The operation was canceled.\n", 4), (b"", 0)],
)
def test_the_exit_code_tells_how_the_run_ended(given: bytes, code: int) -> None:
    assert run(given=given).returncode == code


def test_wrong_usage_and_missing_files_are_told_apart(tmp_path: Path) -> None:
    assert run("--nonsense").returncode == 2
    assert run("--batch", "file").returncode == 2
    gone = run(str(tmp_path / "gone.log"))
    assert gone.returncode == 3
    assert b"problems.digest_no_log" in gone.stderr


def test_json_is_one_object(tmp_path: Path) -> None:
    (tmp_path / "a.log.gz").write_bytes(gzip.compress(BROKEN))
    answer = json.loads(run("--json", str(tmp_path / "a.log.gz")).stdout)
    assert (answer["status"], answer["n_failed"], answer["framework"]) == ("broken", 1, "pytest")
    assert answer["failed_tests"] == ["tests/test_a.py::test_b"]


def test_several_logs_are_one_object_with_sums(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(FINE)
    (tmp_path / "b.log").write_bytes(BROKEN)
    done = run("--json", str(tmp_path))
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert (answer["n_run"], answer["n_failed"], answer["status"]) == (6, 1, "broken")
    assert [log["status"] for log in answer["logs"]] == ["ok", "broken"]


def test_a_person_reads_what_failed_and_where_without_any_escape() -> None:
    told = run(given=BROKEN + b"Error: \x1b]0;owned\x07\x1b[2Jkettle\n").stdout.decode()
    assert "1 of 3 tests failed" in told
    assert "tests/test_a.py::test_b" in told
    assert "\x1b" not in told
    assert "\x07" not in told


def test_a_known_difference_between_systems_is_told_with_what_helps() -> None:
    log = (
        b"$ ./run.sh\nbash: ./run.sh: /bin/bash^M: bad interpreter: No such file or directory\n##[error]exit code 126\n"
    )
    told = run(given=log).stdout.decode()
    assert "known: " in told
    assert "try: " in told
    assert "known: " not in run(given=BROKEN).stdout.decode()


def test_secrets_of_the_log_are_neither_shown_nor_handed_on() -> None:
    secret = "q7Wk2m" + "Zx9LpT4v"
    log = (
        f"##[error]cannot log in with password={secret[:5]}\x1b[31m{secret[5:]}\nFAILED t.py::test_a[token={secret}]\n"
    )
    for arguments in ((), ("--json",)):
        said = run(*arguments, given=log.encode()).stdout.decode()
        assert "[SECRET:credential:1]" in said
        assert secret[5:] not in said
    case = json.dumps({"id": 1, "text": log}).encode()
    assert secret[5:].encode() not in run("--batch", given=case).stdout


def test_who_asks_where_nobody_answers_still_gets_the_digest(tmp_path: Path) -> None:
    done = run("--json", "--ask", "--data", str(tmp_path), given=BROKEN)
    assert done.returncode == 1
    assert json.loads(done.stdout)["answer"] is None
    assert b"make up" in done.stderr


def test_colours_are_as_wished() -> None:
    assert b"\x1b[" in run("--color", "always", given=BROKEN).stdout
    assert b"\x1b[" not in run("--color", "auto", given=BROKEN).stdout


def test_a_batch_answers_every_line_with_its_id(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(BROKEN)
    cases = [
        {"id": "one", "log_path": str(tmp_path / "a.log")},
        {"id": 2, "text": FINE.decode()},
        {"id": "gone", "log_path": str(tmp_path / "gone.log")},
        {"id": "empty"},
    ]
    done = run("--batch", "--decisive", given="".join(json.dumps(case) + "\n" for case in cases).encode())
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["id"] for answer in answers] == ["one", 2, "gone", "empty"]
    assert [answer["status"] for answer in answers] == ["broken", "ok", None, None]
    assert answers[0]["lines"] == answers[0]["decisive_lines"]
    assert answers[2]["error"] == "problems.digest_no_log"
    assert answers[3]["error"] == "problems.digest_bad_case"


def test_a_batch_line_that_is_no_case_is_answered_and_shows_in_the_exit_code() -> None:
    done = run("--batch", given=b'not json\n{"id": 1, "text": ""}\n')
    assert done.returncode == 3
    assert len(done.stdout.splitlines()) == 2


def test_it_loads_the_standard_library_the_kernel_and_its_own_package_only() -> None:
    program = (
        "import sys; before = set(sys.modules); import harmony.apps.cli.digest; "
        "print('\\n'.join(sorted(set(sys.modules) - before)))"
    )
    listed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(SOURCE)}
    )
    loaded = listed.stdout.decode().split()
    ours = [name for name in loaded if name.startswith("harmony.")]
    allowed = ("harmony.assist", "harmony.kernel", "harmony.apps", "harmony.adapters.terminal")
    assert all(name.startswith(allowed) or name == "harmony.adapters" for name in ours)
    assert not [name for name in ours if name.count(".") > 2 and ".problems." in name and ".digest" not in name]
    foreign = {name.partition(".")[0] for name in loaded} - {"harmony"} - set(sys.stdlib_module_names)
    assert not foreign
    assert "asyncio" not in loaded
