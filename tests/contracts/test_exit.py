"""The operator is gone: one script, the published file and any JSON-RPC get everybody's money out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from eth_utils import keccak, to_checksum_address

import tidy
from contracts.exit.exit import Tree
from contracts.tools import anvil

SCRIPT = tidy.ROOT / "contracts" / "exit" / "exit.py"
DAY = 86_400
HELPER_KEY = "0x" + keccak(b"a helper with a little coin").hex()
SCRIPT_LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Scene:
    chain: anvil.Chain
    usdc: Any
    vault: Any
    folder: Path

    def file(self, leaves: Sequence[tuple[str, int]], epoch: int) -> Path:
        """What the operator publishes beside the root."""
        lines = [{"vault": self.vault.address, "epoch": epoch}]
        lines += [{"account": account, "amount": str(amount)} for account, amount in leaves]
        file = self.folder / f"epoch-{epoch}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return file

    def publish(self, leaves: Sequence[tuple[str, int]], included: int) -> Path:
        tree = Tree(leaves)
        self.chain.pass_time(60)
        call = self.vault.functions.publish((tree.root, tree.total, included), [])
        self.chain.send(call, self.chain.account(5))
        return self.file(leaves, self.vault.functions.epoch().call()[0])

    def deposit(self, amount: int, account: Any) -> None:
        self.chain.send(self.usdc.functions.mint(account, amount), self.chain.account(0))
        self.chain.send(self.usdc.functions.approve(self.vault.address, amount), account)
        self.chain.send(self.vault.functions.deposit(amount), account)

    def script(self, verb: str, file: Path, *further: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(SCRIPT), verb, str(file), "--rpc", self.chain.url, *further]
        return subprocess.run(
            command,
            env={**os.environ, "EXIT_KEY": HELPER_KEY},
            capture_output=True,
            text=True,
            check=False,
            timeout=SCRIPT_LIMIT_SECONDS,
        )


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with anvil.running() as chain:
        usdc = chain.deploy("PracticeUsdc")
        vault = chain.deploy("HarmonyVault", usdc.address, chain.account(0), chain.account(5), 7 * DAY)
        chain.rpc("anvil_setBalance", Account.from_key(HELPER_KEY).address, hex(10**20))
        yield Scene(chain, usdc, vault, tmp_path)


def holders(count: int) -> list[tuple[str, int]]:
    """So many accounts, each with an amount of its own."""
    return [
        (to_checksum_address(keccak(number.to_bytes(4, "big"))[:20]), 1_000_000 + number) for number in range(count)
    ]


def everybody_leaves(scene: Scene, count: int) -> None:
    leaves = holders(count)
    scene.deposit(sum(amount for _, amount in leaves), scene.chain.account(6))
    file = scene.publish(leaves, 1)
    late = scene.chain.account(7)
    scene.deposit(77, late)
    held = scene.usdc.functions.balanceOf(scene.vault.address).call()
    early = scene.script("exit", file, "--everybody")
    assert early.returncode == 1 and "out: " not in early.stdout.replace("not out: ", ""), "before the delay nobody leaves"
    scene.chain.pass_time(7 * DAY + 1)
    done = scene.script("exit", file, "--everybody")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    paid = {account: scene.usdc.functions.balanceOf(account).call() for account, _ in leaves}
    assert paid == dict(leaves)
    assert scene.usdc.functions.balanceOf(late).call() == 77
    assert sum(paid.values()) + 77 == held
    assert scene.usdc.functions.balanceOf(scene.vault.address).call() == 0
    again = scene.script("exit", file, "--everybody")
    assert again.returncode == 0 and again.stdout.count("already out") == count


def test_twenty_holders_get_everything_out_after_the_delay(scene: Scene) -> None:
    everybody_leaves(scene, 20)


@pytest.mark.nightly
def test_a_thousand_holders_get_everything_out_after_the_delay(scene: Scene) -> None:
    everybody_leaves(scene, 1_000)


def test_forged_stale_and_negative_files_are_refused_before_anything_is_sent(scene: Scene) -> None:
    leaves = holders(3)
    scene.deposit(sum(amount for _, amount in leaves), scene.chain.account(6))
    old = scene.publish(leaves, 1)
    moved = [(leaves[0][0], 0), (leaves[1][0], leaves[0][1] + leaves[1][1]), leaves[2]]
    true = scene.publish(moved, 1)
    scene.chain.pass_time(7 * DAY + 1)
    forged = scene.file([(leaves[0][0], 5), (moved[1][0], moved[1][1] - 5), moved[2]], 90)
    negative = scene.file([(leaves[0][0], -5), (moved[1][0], moved[1][1] + 5), moved[2]], 91)
    for file, reason in ((old, "is not that of the last epoch"), (forged, "is not that"), (negative, "less than nothing")):
        done = scene.script("exit", file, "--everybody")
        assert done.returncode == 1 and reason in done.stderr
    assert scene.script("check", true).returncode == 0
    assert scene.usdc.functions.balanceOf(leaves[2][0]).call() == 0


def test_a_holder_requests_waits_and_leaves_while_the_operator_goes_on(scene: Scene) -> None:
    helper = Account.from_key(HELPER_KEY).address
    leaves = [(helper, 5_000_000), *holders(2)]
    scene.deposit(sum(amount for _, amount in leaves), scene.chain.account(6))
    file = scene.publish(leaves, 1)
    assert scene.script("request", file).returncode == 0
    scene.chain.pass_time(7 * DAY - 200)
    file = scene.publish(leaves, 1)
    refused = scene.script("exit", file)
    assert refused.returncode == 1 and "not out: leaf" in refused.stdout
    scene.chain.pass_time(300)
    assert scene.script("exit", file).returncode == 0
    assert scene.usdc.functions.balanceOf(helper).call() == 5_000_000
    assert scene.vault.functions.reserve().call() == [2_000_001, 2_000_001]
