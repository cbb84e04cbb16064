from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import harmony
from harmony.apps.cli import filtering, stuck
from harmony.apps.cli.entry import COMMANDS

SOURCE = str(Path(harmony.__path__[0]).parent)
DOES = {"role": "agent", "tool": "shell", "args": "make moon", "text": ""}
FAILS = {"role": "tool", "text": "make: *** no rule to make target 'moon'", "error": True}
STUCK = [DOES, FAILS] * 4
CALM = [DOES, {"role": "tool", "text": "built", "error": False}]


def lines(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def run(given: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "harmony.apps.cli", "stuck", *arguments]
    return subprocess.run(command, input=given, capture_output=True, env={"PYTHONPATH": SOURCE}, check=False)


def answer(given: bytes, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(given, "--json", *arguments).stdout)
    return found


def test_it_is_in_the_table_of_commands() -> None:
    assert COMMANDS["stuck"][0] == "harmony.apps.cli.stuck"


def test_json_is_one_object_with_the_alarm_its_score_and_its_evidence() -> None:
    found = answer(lines(*STUCK))
    assert (found["alarm_at"], found["stuck"], found["nudge"]) == (7, True, False)
    assert found["score"] >= found["confidence"] > 0.5
    assert found["kind"] == "repeated_error"
    assert found["evidence"][0] == {"event": 0, "line": "shell make moon ✗ make: *** no rule to make target 'moon'"}
    assert found["alarms"][0]["at"] == 7


def test_a_calm_run_has_no_alarm() -> None:
    found = answer(lines(*CALM))
    assert (found["alarm_at"], found["stuck"], found["nudge"], found["evidence"]) == (None, False, False, [])


@pytest.mark.parametrize("shape", [{"id": "x", "events": STUCK}, STUCK])
def test_a_case_or_a_list_on_one_line_is_a_run_too(shape: object) -> None:
    assert answer(lines(shape))["alarm_at"] == 7


def test_a_person_reads_what_happened_where_and_what_to_do() -> None:
    said = run(lines(*STUCK)).stdout.decode()
    assert said.startswith("Stuck at event 7: the same thing failed 4 times")
    assert "make moon" in said
    assert "Next: " in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("events", "arguments", "code"),
    [(STUCK, (), 0), (STUCK, ("--exit-code",), filtering.FOUND), (CALM, ("--exit-code",), 0), ([], (), 0)],
)
def test_the_exit_code_tells_stuck_only_when_asked(events: list[object], arguments: tuple[str, ...], code: int) -> None:
    assert run(lines(*events), *arguments).returncode == code


def test_a_batch_answers_each_case_on_its_line_with_its_id() -> None:
    cases = [
        {"id": "c0", "task": "monitor", "events": STUCK},
        {"id": 7, "task": "scenario", "events": CALM},
        {"id": "c2", "task": "outlook", "events": [*CALM, {"role": "user", "text": "also, if it rains"}] * 4},
    ]
    done = run(lines(*cases), "--batch")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [one["id"] for one in answers] == ["c0", 7, "c2"]
    assert [one["alarm_at"] for one in answers] == [7, None, None]
    assert 0 < answers[2]["score"] < 1


def test_a_case_that_cannot_be_read_is_answered_with_a_named_refusal_and_the_rest_goes_on() -> None:
    given = b"nonsense hunter2\n" + lines({"id": "a"}, {"id": "b", "events": [5]}, {"id": "c", "events": CALM})
    done = run(given, "--batch")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == filtering.UNREADABLE
    codes = [one.get("error", {}).get("code") for one in answers]
    assert codes == ["stuck.malformed_event", "stuck.malformed_case", "stuck.malformed_event", None]
    assert [one["id"] for one in answers] == [None, "a", "b", "c"]
    assert b"hunter2" not in done.stdout + done.stderr


def test_lines_that_are_no_events_are_skipped_and_counted() -> None:
    given = lines(*STUCK[:4]) + b'{"role": \n\xff\xfe\x00\n[[[[\n' + b"[" * 100_000 + b"\n\n" + lines(*STUCK[4:])
    found = answer(given)
    assert (found["alarm_at"], found["skipped"]) == (7, 4)


def test_input_without_any_event_is_refused() -> None:
    done = run(b"this is a log\nnot events\n")
    assert done.returncode == filtering.UNREADABLE
    assert b"none of the 2 lines is an event" in done.stderr


def test_missing_fields_and_unknown_roles_are_taken_as_they_are() -> None:
    found = answer(lines({}, {"role": "captain", "text": "ahoy"}, {"role": None, "text": 5}, {"tool": "x", "args": {}}))
    assert (found["events"], found["alarm_at"]) == (4, None)


def test_a_line_beyond_the_limit_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lines(DOES)
    path = tmp_path / "run.jsonl"
    path.write_bytes(whole + b"x" + whole)
    monkeypatch.setattr(stuck, "LINE_LIMIT_BYTES", len(whole))
    with path.open("rb") as stream:
        assert list(stuck._lines(stream)) == [whole, None]


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl.gz"
    path.write_bytes(gzip.compress(lines(*STUCK)))
    assert answer(b"", str(path))["alarm_at"] == 7


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(lines(*STUCK))[:-9], gzip.compress(lines(*STUCK))[:12]])
def test_a_damaged_file_is_a_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.jsonl.gz"
    path.write_bytes(content)
    done = run(b"", str(path))
    assert done.returncode == filtering.UNREADABLE
    assert b"Traceback" not in done.stderr


def test_a_missing_file_is_a_refusal() -> None:
    done = run(b"", "/nowhere/run.jsonl")
    assert (done.returncode, b"cannot read" in done.stderr) == (filtering.UNREADABLE, True)


def test_two_ways_at_once_are_wrong_usage() -> None:
    assert run(b"", "--follow", "--batch").returncode == filtering.USAGE_ERROR


def test_following_tells_each_finding_while_the_run_goes_on() -> None:
    command = [sys.executable, "-m", "harmony.apps.cli", "stuck", "--follow", "--json"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONPATH": SOURCE}
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines(*STUCK[:6]))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["level"] == "nudge"
        process.stdin.write(lines(*STUCK[6:]))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["level"] == "alarm"
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_who_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m harmony.apps.cli stuck --batch | head -1"
    given = lines(*[{"id": n, "events": STUCK} for n in range(300)])
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        input=given,
        capture_output=True,
        env={"PYTHONPATH": SOURCE, "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_high_privacy_shows_no_word() -> None:
    found = answer(lines(*STUCK), "--privacy", "high")
    assert found["alarm_at"] == 7
    assert "moon" not in json.dumps(found)


def test_it_loads_the_standard_library_the_kernel_and_this_package_only() -> None:
    program = "import sys, harmony.apps.cli.stuck; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env={"PYTHONPATH": SOURCE}, check=True, text=True
    )
    loaded = done.stdout.split()
    ours = {name for name in loaded if name.startswith("harmony.")}
    allowed = ("harmony.kernel", "harmony.assist.problems.stuck", "harmony.apps.cli", "harmony.adapters.terminal")
    parents = {"harmony.assist", "harmony.assist.problems", "harmony.apps", "harmony.adapters"}
    assert all(name.startswith(allowed) or name in parents for name in ours)
    assert not {"asyncio", "pydantic", "rich", "typer", "numpy", "harmony.kernel.clock"} & set(loaded)
