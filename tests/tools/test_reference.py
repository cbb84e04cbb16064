"""The generated reference is what the code says, and a difference is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

import reference
from harmony.kernel.errors import NotFound


def test_the_committed_reference_is_fresh() -> None:
    assert reference.check(reference.documents()) == 0


def test_the_catalogue_names_code_status_and_remedy() -> None:
    assert f"| `kernel.not_found` | 404 | not found | {NotFound.hint} |" in reference.errors_page()


def test_generating_twice_gives_the_same_bytes() -> None:
    assert reference.documents() == reference.documents()


def test_a_difference_is_shown_with_the_verb_that_accepts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "REFERENCE", tmp_path)
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "gone.json").write_text("{}\n")
    reference.write({"events.json": "old\n", "openapi/gone.json": "{}\n"})
    assert reference.check({"events.json": "new\n"}) == 1
    told = capsys.readouterr().out
    assert "-old" in told
    assert "+new" in told
    assert "openapi/gone.json: the code no longer says this" in told
    assert "make bless" in told
    reference.write({"events.json": "new\n"})
    assert not (tmp_path / "openapi" / "gone.json").exists()
    assert reference.check({"events.json": "new\n"}) == 0
