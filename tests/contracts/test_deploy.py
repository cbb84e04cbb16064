"""Deploying: a dry run sends nothing, what was sent is proven, and another code or chain is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from eth_utils import is_checksum_address

from contracts.script import deploy
from contracts.tools import anvil

CHAIN = "eip155:31337"


@pytest.fixture
def chain() -> Iterator[anvil.Chain]:
    with anvil.running() as found:
        yield found


@pytest.fixture
def folder(chain: anvil.Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    Account.enable_unaudited_hdwallet_features()
    (tmp_path / "key").write_text(Account.from_mnemonic(anvil.MNEMONIC).key.hex(), encoding="utf-8")
    monkeypatch.setenv("DEPLOY_KEY_FILE", str(tmp_path / "key"))
    usdc = chain.deploy("PracticeUsdc")
    data = {
        "chain": CHAIN,
        "name": "here",
        "token": usdc.address,
        "tokenDomainSeparator": "0x" + usdc.functions.DOMAIN_SEPARATOR().call().hex(),
        "owner": chain.account(1),
        "operator": chain.account(2),
        "delaySeconds": 604_800,
        "HarmonyEscrow": None,
        "HarmonyVault": None,
    }
    deploy.file_of(CHAIN, tmp_path).write_text(json.dumps(data), encoding="utf-8")
    return tmp_path


def read(folder: Path) -> dict[str, Any]:
    return dict(json.loads(deploy.file_of(CHAIN, folder).read_text(encoding="utf-8")))


def run(verb: str, chain: anvil.Chain, folder: Path) -> int:
    return deploy.main([verb, CHAIN, "--rpc", chain.url], folder)


def test_a_dry_run_sends_nothing(chain: anvil.Chain, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = chain.web3.eth.block_number
    assert run("dry-run", chain, folder) == 0
    assert chain.web3.eth.block_number == before
    assert read(folder)["HarmonyVault"] is None
    assert capsys.readouterr().out.count("would take") == 2


def test_what_was_sent_is_written_down_and_proven_and_not_sent_again(chain: anvil.Chain, folder: Path) -> None:
    assert run("send", chain, folder) == 0
    deployed = read(folder)
    assert is_checksum_address(deployed["HarmonyEscrow"])
    before = chain.web3.eth.block_number
    assert run("send", chain, folder) == 0
    assert (read(folder), chain.web3.eth.block_number) == (deployed, before)


def test_another_code_or_another_owner_is_found_out(
    chain: anvil.Chain, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("send", chain, folder)
    data = read(folder)
    deploy.file_of(CHAIN, folder).write_text(json.dumps({**data, "owner": chain.account(3)}), encoding="utf-8")
    assert run("verify", chain, folder) == 1
    assert "was given" in capsys.readouterr().err
    swapped = {**data, "HarmonyEscrow": data["HarmonyVault"]}
    deploy.file_of(CHAIN, folder).write_text(json.dumps(swapped), encoding="utf-8")
    assert run("verify", chain, folder) == 1
    assert "is not that of HarmonyEscrow" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"chain": "eip155:1"}, "not for eip155:1"),
        ({"owner": None}, "name the owner"),
        ({"tokenDomainSeparator": "0x00"}, "not the one meant"),
    ],
)
def test_what_is_not_meant_is_refused(
    chain: anvil.Chain, folder: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], reason: str
) -> None:
    deploy.file_of(CHAIN, folder).write_text(json.dumps({**read(folder), **change}), encoding="utf-8")
    assert run("dry-run", chain, folder) == 1
    assert reason in capsys.readouterr().err


def test_every_chain_on_file_is_complete() -> None:
    for file in sorted(deploy.DEPLOYMENTS.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        assert deploy.file_of(data["chain"]).name == file.name
        assert is_checksum_address(data["token"])
        assert set(data) == {
            *("chain", "name", "token", "tokenDomainSeparator", "owner", "operator", "delaySeconds"),
            *deploy.CONTRACTS,
        }
