"""Interface, storage, code and gas are those that were committed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contracts.tools import goldens

CEILINGS = {
    "escrow cycle by allowance": 205_000,
    "escrow cycle without approval": 235_000,
    "vault.publish": 70_000,
    "vault payment, each of 100": 11_000,
    "vault.exit at 1,024 leaves": 90_000,
    "vault.exit, first of 256 neighbours": 90_000,
    "vault.exit, to an account without a dollar": 90_000,
}
"""Units of gas that no figure may exceed, whatever was blessed."""


def test_the_contracts_are_what_was_committed(capsys: pytest.CaptureFixture[str]) -> None:
    assert goldens.check(goldens.documents()) == 0, capsys.readouterr().out


def test_no_verb_costs_more_than_was_promised() -> None:
    figures = json.loads((goldens.GOLDENS / "gas.json").read_text(encoding="utf-8"))
    assert [name for name, ceiling in CEILINGS.items() if figures[name] > ceiling] == []


def test_gas_that_rose_is_not_blessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(goldens, "GOLDENS", tmp_path)
    assert goldens.write({"gas.json": json.dumps({"a verb": 5}), "A.json": "{}"}) == 0
    assert goldens.write({"gas.json": json.dumps({"a verb": 6, "new": 1}), "A.json": "[]"}) == 1
    assert (tmp_path / "A.json").read_text(encoding="utf-8") == "{}"
    assert goldens.write({"gas.json": json.dumps({"a verb": 4, "new": 1}), "A.json": "[]"}) == 0
