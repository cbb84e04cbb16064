"""``harmony fingerprint``: a trace in, its fingerprint out; batches, explanations, and input of any kind answered."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from harmony.apps.cli import fingerprint as module
from harmony.apps.cli.fingerprint import CASE_LIMIT_BYTES, TRACE_LIMIT_BYTES, main


def trace(folder: str = "/srv", line: int = 3, function: str = "fire", message: str = "order 17 is cold") -> str:
    return (
        "Traceback (most recent call last):\n"
        f'  File "{folder}/shop.py", line {line}, in {function}\n    heat(oven)\nColdError: {message}\n'
    )


class Input:
    """Standard input as bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)

    def isatty(self) -> bool:
        return False


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda content: monkeypatch.setattr(
        "sys.stdin", Input(content if isinstance(content, bytes) else content.encode())
    )


def objects(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_same_failure_from_another_folder_line_and_order_has_one_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt.gz"
    one.write_text(trace())
    other.write_bytes(gzip.compress(trace("/home/wanda/work", 88, message="order 4 is cold").encode()))
    assert main(["--json", str(one), str(other)]) == 0
    first, second = objects(capsys)
    assert first["fingerprint"] == second["fingerprint"] == first["app"]
    assert (first["language"], first["type"]) == ("python", "ColdError")
    assert [frame["function"] for frame in first["frames"]] == ["fire"]


def test_for_a_person_there_is_one_line_a_trace(give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    give(trace())
    assert main([]) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert said.endswith("  ColdError: order # is cold  in fire\n")


def test_a_batch_copies_every_id_and_answers_every_line(give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [
        {"id": "a", "traceback": trace()},
        {"id": 7, "text": trace(line=9)},
        {"id": "odd", "text": "\ud800 nothing \x00"},
    ]
    give("\n\n".join(json.dumps(case) for case in cases) + "\n")
    assert main(["--batch"]) == 0
    answers = objects(capsys)
    assert [answer["id"] for answer in answers] == ["a", 7, "odd"]
    assert answers[0]["fingerprint"] == answers[1]["fingerprint"] != answers[2]["fingerprint"]


@pytest.mark.parametrize("line", ["no json", "[1]", '{"id": 3}', "[" * 100_000, '{"id": 1, "text": 7}'])
def test_a_case_that_is_none_is_answered_and_said(line: str, give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    give(f"{line}\n" + json.dumps({"id": "good", "text": trace()}) + "\n")
    assert main(["--batch"]) == (0 if '"id"' in line else 3)
    bad, good = objects(capsys)
    assert bad["error"] == "cli.bad_case"
    assert good["id"] == "good"


def test_a_case_at_its_bound_is_read_and_one_beyond_it_is_not(give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    empty = len(json.dumps({"id": 1, "text": ""})) + 1
    fits = json.dumps({"id": 1, "text": "x" * (CASE_LIMIT_BYTES - empty)}) + "\n"
    beyond = json.dumps({"id": 2, "text": "x" * (CASE_LIMIT_BYTES - empty + 1)}) + "\n"
    give(fits + beyond + json.dumps({"id": 3, "text": trace()}) + "\n")
    assert main(["--batch"]) == 3
    assert [(answer["id"], "error" in answer) for answer in objects(capsys)] == [(1, False), (None, True), (3, False)]


def test_two_traces_are_explained_and_the_exit_code_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("one", "same", "other")]
    for file, text in zip(files, (trace(), trace(line=8), trace(function="cool")), strict=True):
        file.write_text(text)
    one, same, other = map(str, files)
    assert main(["--explain", one, same]) == 0
    assert capsys.readouterr().out.startswith("one group\n  the fingerprints are equal\n")
    assert main(["--explain", one, other]) == 1
    assert "own functions: fire | cool" in capsys.readouterr().out
    assert main(["--json", "--explain", one, other]) == 1
    assert objects(capsys)[0]["verdict"] == "different"


def test_of_a_trace_beyond_its_bound_both_ends_are_read(give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    filling = "noise without meaning\n" * (2 * TRACE_LIMIT_BYTES // 20)
    give(f"starting\n{filling}{trace()}")
    assert main(["--json"]) == 0
    give(trace())
    assert main(["--json"]) == 0
    long, short = objects(capsys)
    assert long["fingerprint"] == short["fingerprint"]


def test_an_input_beyond_its_bound_is_refused(
    give: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "INPUT_LIMIT_BYTES", 1_000)
    give(b"x" * 1_000)
    assert main([]) == 0
    give(b"x" * 1_001)
    assert main([]) == 3
    assert "longer than 1000 bytes" in capsys.readouterr().err


def test_a_secret_is_neither_printed_nor_counted(give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for secret in ("wq7nVt2Lm" + "Xz9KdRp", "Bv4xTn8Qs" + "Lk2MwYz"):
        give(trace(message=f"cannot open postgresql://app:{secret}@db.example.invalid/shop"))
        assert main(["--json"]) == 0
        said = capsys.readouterr().out
        assert secret not in said
        found.append(json.loads(said)["fingerprint"])
    assert found[0] == found[1]


def test_escape_sequences_never_reach_the_terminal(give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    give(trace(message="\x1b]0;owned\x07 boom \x9b31m"))
    assert main([]) == 0
    assert capsys.readouterr().out.strip().isprintable()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01" * 50, b"\r\r\n\n", b"all is well\n"])
def test_where_nothing_failed_there_still_is_an_answer(
    content: bytes, give: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    give(content)
    assert main(["--json"]) == 0
    assert len(objects(capsys)[0]["fingerprint"]) == 32


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(b"x" * 9_000)[:15] + b"damage" * 9)
    assert main([str(broken)]) == 3
    assert main([str(tmp_path / "absent")]) == 3
    assert "absent" in capsys.readouterr().err


def test_a_frame_of_a_bundle_is_led_back_to_its_source(
    tmp_path: Path, give: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    # One segment: column 600 of line 1 comes from line 8, name "readOrders".
    content = {"version": 3, "sources": ["src/orders.ts"], "names": ["readOrders"], "mappings": "wlBAOKA"}
    (tmp_path / "main.js.map").write_text(json.dumps(content))
    give("Uncaught TypeError: lost\nt@https://shop.example/static/main.js:1:601\n")
    assert main(["--json", "--source-maps", str(tmp_path)]) == 0
    (frame,) = objects(capsys)[0]["frames"]
    assert (frame["function"], frame["path"], frame["line"]) == ("readOrders", "src/orders.ts", 8)


def test_a_map_that_is_none_is_refused(tmp_path: Path, give: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.js.map").write_text("{}")
    give("Uncaught TypeError: lost\nt@https://shop.example/static/main.js:1:601\n")
    assert main(["--source-maps", str(tmp_path)]) == 3
    assert "no source map" in capsys.readouterr().err
