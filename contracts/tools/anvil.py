"""A chain of our own for a test or a measurement: npm's anvil, and the contracts deployed on it."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web3 import Web3
from web3.contract import Contract
from web3.providers.rpc import HTTPProvider

from contracts.tools import compiled
from preparing import contracts

ROOT = Path(__file__).resolve().parents[2]
MNEMONIC = "test test test test test test test test test test test junk"
"""Anvil's own, known to everybody: its keys hold nothing anywhere."""

GENESIS = 1_800_000_000
"""Unix time of the first block; each further one comes a second later, so that runs are alike to the unit of gas."""

START_LINES = 200


@dataclass(frozen=True)
class Chain:
    """``url`` is its JSON-RPC; accounts are funded and unlocked."""

    url: str
    web3: Web3

    def deploy(self, name: str, *arguments: Any) -> Contract:
        """Deploy the contract ``name`` as compiled."""
        artifact = compiled.artifact(name)
        factory = self.web3.eth.contract(abi=artifact["abi"], bytecode=artifact["bytecode"]["object"])
        hashed = factory.constructor(*arguments).transact({"from": self.account(0)})
        address = self.web3.eth.wait_for_transaction_receipt(hashed)["contractAddress"]
        return self.web3.eth.contract(address=address, abi=artifact["abi"])

    def account(self, number: int) -> Any:
        return self.web3.eth.accounts[number]

    def send(self, call: Any, sender: Any) -> int:
        """Send a contract's call and return the gas that its transaction used. Raises when it is refused."""
        receipt = self.web3.eth.wait_for_transaction_receipt(call.transact({"from": sender, "gas": 20_000_000}))
        if receipt["status"] != 1:
            raise RuntimeError(f"the chain refused {call.fn_name}")
        return int(receipt["gasUsed"])

    def pass_time(self, seconds: int) -> None:
        """Mine a block that comes ``seconds`` later."""
        self.rpc("evm_setNextBlockTimestamp", self.web3.eth.get_block("latest")["timestamp"] + seconds)
        self.rpc("evm_mine")

    def rpc(self, method: str, *parameters: Any) -> Any:
        return self.web3.provider.make_request(method, list(parameters)).get("result")


@contextlib.contextmanager
def running(accounts: int = 20) -> Iterator[Chain]:
    """An anvil on a free port for as long as the block lasts, with a clock of its own."""
    command = [str(contracts.binary(ROOT, "anvil")), "--port", "0", "--hardfork", "prague", "--accounts", str(accounts)]
    command += ["--mnemonic", MNEMONIC, "--gas-limit", "60000000", "--timestamp", str(GENESIS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            url = f"http://{_address(process)}"
            # Nobody reads on, and a full pipe would stop the chain.
            threading.Thread(target=process.stdout.read if process.stdout else list, daemon=True).start()
            chain = Chain(url, Web3(HTTPProvider(url)))
            chain.rpc("anvil_setBlockTimestampInterval", 1)
            yield chain
        finally:
            process.terminate()
            process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    said = []
    for line, _ in zip(process.stdout or (), range(START_LINES), strict=False):
        said.append(line)
        if line.startswith("Listening on "):
            return line.removeprefix("Listening on ").strip()
    raise RuntimeError("anvil does not listen: " + "".join(said))
