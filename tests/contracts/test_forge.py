"""The contracts' own suites pass, and every verb has a page and a suite of its own."""

from __future__ import annotations

import pytest

from tests.contracts import forge

SUITES = {"HarmonyEscrow": "escrow", "HarmonyVault": "vault"}
"""Each contract's folder of suites below ``contracts/test``."""

INHERITED = {"acceptOwnership", "renounceOwnership", "transferOwnership"}
"""OpenZeppelin's own verbs, described in ``docs/pause.md`` and tested by their makers."""

LEAST_CALLS = 1_000_000
"""Calls that the long run makes, in sequences chosen at random."""

SHARED_PAGES = {"unpause": "pause"}


def verbs(contract: str) -> list[str]:
    """Every function of the contract that changes something, but for OpenZeppelin's own."""
    abi = forge.artifact(contract)["abi"]
    changing = {item["name"] for item in abi if item["type"] == "function" and item["stateMutability"] == "nonpayable"}
    return sorted({SHARED_PAGES.get(name, name) for name in changing - INHERITED})


def test_every_suite_passes() -> None:
    found = forge.suites("--no-match-path", "test/counterexample/*")
    assert forge.failures(found) == []
    assert len(found) > 10


@pytest.mark.nightly
def test_a_million_calls_break_nothing() -> None:
    found = forge.suites("--no-match-path", "test/counterexample/*", FOUNDRY_PROFILE="nightly")
    assert forge.failures(found) == []
    kinds = [result["kind"] for results in found.values() for result in results["test_results"].values()]
    calls = sum(kind["Invariant"]["calls"] for kind in kinds if "Invariant" in kind)
    fuzzed = sum(kind["Fuzz"]["runs"] for kind in kinds if "Fuzz" in kind)
    print(f"{calls:,} calls by actors, {fuzzed:,} fuzzed calls")
    assert calls >= LEAST_CALLS


@pytest.mark.parametrize("contract", SUITES)
def test_every_verb_has_a_page_and_a_suite(contract: str) -> None:
    suites = forge.FOLDER / "test" / SUITES[contract]
    for verb in verbs(contract):
        assert (forge.FOLDER / "docs" / f"{verb}.md").is_file(), verb
        assert (suites / f"{verb[0].upper()}{verb[1:]}.t.sol").is_file(), verb
