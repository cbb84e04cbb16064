"""``harmony classify`` in a pipe: one object, one screen, one answer a line; and ``harmony learn`` beside it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import harmony

SOURCE = str(Path(harmony.__path__[0]).parent)
KEY = b"Traceback (most recent call last):\n  File \"/srv/a.py\", line 2, in load\n    cache[key]\nKeyError: 'kiln'\n"
FINE = b"collected 3 items\n3 passed, 0 failed, no errors\n"
STRANGE = b"panic: the potter has left\n"


def run(command: str, given: bytes, *arguments: str, data: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-m", "harmony.apps.cli", command, *arguments]
    environment = {"PYTHONPATH": SOURCE, "HARMONY_DATA": str(data or "/nowhere"), "COLUMNS": "160"}
    return subprocess.run(words, input=given, capture_output=True, env=environment, check=False, timeout=60)


def classify(given: bytes, *arguments: str, data: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return run("classify", given, *arguments, data=data)


def answer(given: bytes, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(classify(given, "--json", *arguments).stdout)
    return found


def test_json_is_one_object_with_class_scales_confidence_and_evidence() -> None:
    found = answer(KEY)
    assert (found["category"], found["subcategory"]) == ("logic-error", "missing-key")
    assert (found["complexity"], found["urgency"], found["problem_detected"]) == ("low", "low", True)
    assert 0.5 <= found["confidence"] < 1
    assert found["rule"] == "missing-key"
    assert found["evidence"][0] == {
        "line": 4,
        "text": "KeyError: 'kiln'",
        "reason": "the line that names the failure",
    }


@pytest.mark.parametrize(("given", "code"), [(KEY, 1), (STRANGE, 1), (FINE, 0), (b"", 0)])
def test_the_exit_code_says_whether_something_failed(given: bytes, code: int) -> None:
    assert classify(given).returncode == code


def test_a_person_reads_the_class_how_sure_it_is_and_why() -> None:
    told = classify(KEY).stdout.decode()
    assert told.startswith("logic-error / missing-key  ")
    assert "% sure" in told
    assert "because: a key or element that is not there" in told
    assert classify(STRANGE).stdout.decode().startswith("unknown  no rule describes this failure")
    assert "nothing failed" in classify(FINE).stdout.decode()


def test_what_the_caller_knows_counts() -> None:
    missing = b"FileNotFoundError: [Errno 2] No such file or directory: '/data/june.csv'\n"
    assert answer(missing)["category"] == "filesystem"
    assert answer(missing, "--os", "Linux", "--previous", "Windows")["category"] == "cross-platform-compatibility"
    assert answer(b"quiet\n", "--exit-code", "127")["subcategory"] == "command-not-installed"


def test_files_and_packed_ones_are_read_and_a_missing_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(KEY)
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(STRANGE))
    found = classify(b"", "--json", str(tmp_path / "a.log"), str(tmp_path / "b.log.gz"))
    assert [json.loads(line)["category"] for line in found.stdout.splitlines()] == ["logic-error", "unknown"]
    missing = classify(b"", str(tmp_path / "none.log"))
    assert missing.returncode == 3
    assert b"none.log" in missing.stderr


def test_lines_are_counted_from_the_beginning_of_a_long_log() -> None:
    found = answer(b"heating\n" * 200_000 + KEY)
    assert found["category"] == "logic-error"
    assert found["evidence"][0]["line"] == 200_004


def test_a_long_log_that_went_well_is_no_failure_whatever_was_met_on_the_way() -> None:
    log = KEY + b"retrying\n" + b"heating\n" * 4_000 + b"Done. Your build exited with 0.\n"
    assert answer(log)["problem_detected"] is False


def test_where_nothing_says_more_counted_failures_of_tests_are_the_class() -> None:
    found = answer(b"warming up\nTests run: 3, Failures: 1, Errors: 0, Skipped: 0\n")
    assert (found["category"], found["rule"]) == ("test-failure", "tests-counted")
    assert any(item["text"] == "1 of 3 tests failed" for item in found["evidence"])


def test_a_batch_answers_every_line_and_a_broken_one_by_name() -> None:
    cases = [{"id": 1, "text": KEY.decode()}, {"id": 2}, {"id": 3, "text": "x", "exit_code": "7"}]
    given = "".join(json.dumps(case) + "\n" for case in cases).encode()
    done = classify(given, "--batch")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert rows[0]["category"] == "logic-error"
    assert "text" in rows[1]["message"]
    assert "exit_code" in rows[2]["message"]
    broken = classify(b"not json\n", "--batch")
    assert broken.returncode == 3


def test_nothing_of_a_log_is_obeyed_or_leaked() -> None:
    secret = "AKIA" + "IOSFODNN7EXAMPLQ"
    hostile = f"\x1b]0;owned\x07\x1b[2JError: connect ECONNREFUSED key={secret}\n".encode()
    told = classify(hostile)
    assert b"\x1b" not in told.stdout
    assert secret.encode() not in told.stdout
    assert secret.encode() not in classify(hostile, "--json").stdout


@pytest.mark.parametrize("given", [bytes(range(256)) * 100, b"\xff\xfe" * 1_000, b"a" * 3_000_000, b"\x00" * 10_000])
def test_what_is_no_text_is_answered_or_refused_by_name(given: bytes) -> None:
    done = classify(given)
    assert done.returncode in (0, 1, 3)
    assert b"Traceback" not in done.stderr


def test_the_taxonomy_shows_each_kind_with_its_rules_and_what_they_are_trusted_with() -> None:
    told = classify(b"", "--taxonomy").stdout.decode()
    assert "cross-platform-compatibility: " in told
    assert "expected 85 %, " in told
    found = json.loads(classify(b"", "--taxonomy", "--json").stdout)
    assert {"id", "kind", "reason", "expected", "right", "wrong", "reliability"} == set(found["rules"][0])


def history(path: Path) -> Path:
    """Resolved problems that no rule knows, each of its own words."""
    rows = [
        {"text": f"shop.Trouble: {word} {place} till out of balance", "category": "database", "os": "Linux"}
        if number % 2
        else {"text": f"kiln.Heat: {word} {place} element current too low", "category": "configuration"}
        for number, (word, place) in enumerate(
            (word, place)
            for word in "amber birch cedar daisy ember fern grove hazel iris".split()
            for place in "harbour meadow canyon summit lagoon prairie delta".split()
        )
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_what_is_learned_answers_until_it_is_taken_back(tmp_path: Path) -> None:
    lessons, data = str(history(tmp_path / "resolved.jsonl")), tmp_path / "data"
    strange = b"shop.Trouble: jasper till out of balance\n"
    tried = run("learn", b"", lessons, "--try", data=data)
    assert (tried.returncode, data.exists()) == (0, False)
    learned = run("learn", b"", lessons, data=data)
    assert learned.returncode == 0, learned.stderr
    assert b"better, and installed" in learned.stdout
    found = json.loads(classify(strange, "--json", "--exit-code", "1", data=data).stdout)
    assert (found["category"], found["rule"], found["learned"]) == ("database", "words", True)
    plain = json.loads(classify(strange, "--json", "--exit-code", "1", "--shipped", data=data).stdout)
    assert plain["category"] == "unknown"
    steady = run("learn", b"", "--drift", lessons, data=data)
    assert (steady.returncode, steady.stdout.startswith(b"steady")) == (0, True)
    assert run("learn", b"", "--revert", data=data).returncode == 0
    assert json.loads(classify(strange, "--json", "--exit-code", "1", data=data).stdout)["learned"] is False


def test_a_broken_learned_file_is_refused_by_name_and_the_shipped_rules_answer(tmp_path: Path) -> None:
    (tmp_path / "learned-classes.json").write_text('{"format": "harmony-learned-classes", "version": 99}')
    done = classify(KEY, "--json", data=tmp_path)
    assert b"problems.learned_broken" in done.stderr
    assert json.loads(done.stdout)["category"] == "logic-error"


def test_lines_that_are_no_lessons_are_left_out_by_name_and_too_few_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "resolved.jsonl"
    path.write_text('{"text": "x", "category": "teapots"}\nnope\n{"text": "KeyError: 1", "category": "logic-error"}\n')
    done = run("learn", b"", str(path), data=tmp_path / "data")
    assert done.returncode == 1
    assert b"resolved.jsonl:1: there is no class teapots/" in done.stderr
    assert b"resolved.jsonl:2: no JSON" in done.stderr
    assert b"30 lessons" in done.stderr
    assert run("learn", b"", data=tmp_path).returncode == 2
