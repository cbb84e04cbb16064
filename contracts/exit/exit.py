#!/usr/bin/env python3
"""Gets your money out of a Harmony vault without Harmony. One file: Python 3.11 and `pip install eth-account`.

You need the file of the last epoch (anybody's copy serves; `check` tells whether it is the true one), any JSON-RPC of
the chain, and an account with a little of the chain's own coin for the transactions. The money goes to the holders' own
accounts, whoever sends the transactions.

    python3 exit.py check   EPOCH_FILE --rpc URL
    python3 exit.py exit    EPOCH_FILE --rpc URL [--holder ADDRESS | --everybody]
    python3 exit.py request EPOCH_FILE --rpc URL

`check` rebuilds the tree and compares it with the chain. `exit` takes out the leaf of the holder (by default the
sender), deposits made after the last epoch, and whatever was kept for them. `request` is for a vault whose operator
goes on publishing and does not pay you: wait for the vault's delay, then `exit`.

The sender's private key is read from the environment variable EXIT_KEY, or from the file that EXIT_KEY_FILE names.

An epoch file is lines of JSON: first {"vault", "epoch"}, then one {"account", "amount"} a leaf, in the tree's order.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eth_abi import decode, encode
from eth_account import Account
from eth_utils import keccak, to_checksum_address

LEAF = "(address,uint256,uint256,bytes32[],uint256[])"
MAX_UNITS = 2**96 - 1
RECEIPT_TRIES = 600
RECEIPT_PAUSE_SECONDS = 0.5
RPC_TIMEOUT_SECONDS = 60

Leaf = tuple[str, int, int, list[bytes], list[int]]


class Refused(Exception):
    """What cannot be done, in words for a person."""


class Tree:
    """The Merkle-sum tree over (account, amount) pairs, by the rule in IHarmonyVault.sol."""

    def __init__(self, leaves: Sequence[tuple[str, int]]) -> None:
        if not leaves:
            raise Refused("the epoch file has no leaves")
        if any(not 0 <= amount <= MAX_UNITS for _, amount in leaves):
            raise Refused("a leaf holds less than nothing, or more than 96 bits")
        self.leaves = [(to_checksum_address(account), amount) for account, amount in leaves]
        level = [(keccak(encode(["address", "uint256"], leaf)), leaf[1]) for leaf in self.leaves]
        width = 1 << (len(level) - 1).bit_length()
        level += [(bytes(32), 0)] * (width - len(level))
        self.levels = [level]
        while len(level) > 1:
            level = [_node(*level[at], *level[at + 1]) for at in range(0, len(level), 2)]
            self.levels.append(level)
        self.root, self.total = level[0]

    def leaf(self, index: int) -> Leaf:
        """A leaf with its proof, as the vault's `exit` takes it."""
        others = [self.levels[depth][(index >> depth) ^ 1] for depth in range(len(self.levels) - 1)]
        return (*self.leaves[index], index, [hashed for hashed, _ in others], [amount for _, amount in others])


def _node(left: bytes, left_sum: int, right: bytes, right_sum: int) -> tuple[bytes, int]:
    if left == right == bytes(32):
        return left, 0
    kinds = ["bytes32", "uint256", "bytes32", "uint256"]
    return keccak(encode(kinds, [left, left_sum, right, right_sum])), left_sum + right_sum


class Vault:
    """The vault on its chain, through one JSON-RPC address and nothing else."""

    def __init__(self, url: str, address: str) -> None:
        self.url, self.address = url, to_checksum_address(address)

    def rpc(self, method: str, *parameters: Any) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=RPC_TIMEOUT_SECONDS) as answer:
            found = json.load(answer)
        if "error" in found:
            raise Refused(f"{method}: {found['error'].get('message')} {found['error'].get('data', '')}")
        return found["result"]

    def ask(self, signature: str, kinds: list[str], *values: Any) -> tuple[Any, ...]:
        """Call a function that changes nothing; ``kinds`` are those of its answer."""
        data = _message(signature, *values)
        return decode(kinds, bytes.fromhex(self.rpc("eth_call", {"to": self.address, "data": data}, "latest")[2:]))

    def send(self, key: Any, signature: str, *values: Any) -> dict[str, Any]:
        """Sign, send and wait for one transaction; its receipt."""
        base = int(self.rpc("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
        tip = int(self.rpc("eth_maxPriorityFeePerGas"), 16)
        call = {"from": key.address, "to": self.address, "data": _message(signature, *values)}
        transaction = {
            "to": self.address,
            "data": call["data"],
            "value": 0,
            "chainId": int(self.rpc("eth_chainId"), 16),
            "nonce": int(self.rpc("eth_getTransactionCount", key.address, "pending"), 16),
            "gas": int(self.rpc("eth_estimateGas", call), 16) * 5 // 4,
            "maxFeePerGas": 2 * base + tip,
            "maxPriorityFeePerGas": tip,
        }
        signed = key.sign_transaction(transaction)
        hashed = self.rpc("eth_sendRawTransaction", "0x" + bytes(signed.raw_transaction).hex())
        for _ in range(RECEIPT_TRIES):
            receipt = self.rpc("eth_getTransactionReceipt", hashed)
            if receipt is not None:
                if int(receipt["status"], 16) != 1:
                    raise Refused(f"the chain refused {hashed}")
                return dict(receipt)
            time.sleep(RECEIPT_PAUSE_SECONDS)
        raise Refused(f"{hashed} is not in a block yet; run this again later")

    def epoch(self) -> tuple[int, int, int, int]:
        """Number, instant, what is outstanding, last deposit included."""
        return self.ask("epoch()", ["uint32", "uint40", "uint96", "uint32"])  # type: ignore[return-value]  # as it says

    def waiting(self) -> Iterator[tuple[int, str]]:
        """Number and account of every deposit that the last epoch does not include and nobody took back."""
        (count,) = self.ask("depositCount()", ["uint256"])
        for number in range(self.epoch()[3] + 1, count + 1):
            account, _ = self.ask("deposits(uint256)", ["address", "uint96"], number)
            if int(account, 16):
                yield number, to_checksum_address(account)


def _message(signature: str, *values: Any) -> str:
    inside = signature[signature.index("(") + 1 : -1]
    kinds = ["uint256", LEAF] if LEAF in inside else [kind for kind in inside.split(",") if kind]
    return "0x" + (keccak(signature.encode())[:4] + encode(kinds, values)).hex()


def read(file: Path) -> tuple[dict[str, Any], Tree]:
    """Head and tree of an epoch file."""
    try:
        head, *leaves = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
        return head, Tree([(leaf["account"], int(leaf["amount"])) for leaf in leaves])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(f"{file} is not an epoch file: {error}") from error


def check(vault: Vault, head: dict[str, Any], tree: Tree) -> int:
    """The number of the last epoch. Raises ``Refused`` when the file is not that epoch's."""
    number, published, outstanding, _ = vault.epoch()
    (commitment,) = vault.ask("commitment()", ["bytes32"])
    if keccak(encode(["bytes32", "uint256"], [tree.root, tree.total])) != commitment:
        raise Refused(f"this file, of epoch {head.get('epoch')}, is not that of the last epoch, {number}")
    held, liabilities = vault.ask("reserve()", ["uint256", "uint256"])
    (closed,) = vault.ask("closed()", ["bool"])
    (delay,) = vault.ask("DELAY()", ["uint256"])
    print(f"epoch {number}: {len(tree.leaves)} leaves, {tree.total} units, of which {tree.total - outstanding} left")
    print(f"reserve: holds {held}, owes {liabilities}: {'covered' if held >= liabilities else 'NOT COVERED'}")
    opens = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(published + delay))
    print("closed: everybody may leave" if closed else f"open: everybody may leave after {opens}")
    return number


def leave(vault: Vault, key: Any, tree: Tree, number: int, holders: set[str]) -> int:
    """Take out everything of ``holders``; how many of their leaves and deposits are still inside."""
    left = 0
    for index, (account, amount) in enumerate(tree.leaves):
        if account in holders and amount:
            left += not _tried(vault, key, f"leaf of {account}", f"exit(uint256,{LEAF})", number, tree.leaf(index))
    for deposit, account in vault.waiting():
        if account in holders:
            left += not _tried(vault, key, f"deposit {deposit} of {account}", "reclaim(uint256)", deposit)
    for account in sorted(holders):
        if vault.ask("owed(address)", ["uint256"], account)[0]:
            left += not _tried(vault, key, f"what is kept for {account}", "claim(address)", account)
    return left


def _tried(vault: Vault, key: Any, what: str, signature: str, *values: Any) -> bool:
    """Whether it is out; one line either way."""
    try:
        vault.send(key, signature, *values)
        print(f"out: {what}")
        return True
    except Refused as refusal:
        already = "0x" + keccak(b"AlreadyExited(address)")[:4].hex() in str(refusal)
        print(f"{'already out' if already else 'not out'}: {what}" + ("" if already else f": {refusal}"))
        return already


def _key() -> Any:
    file = os.environ.get("EXIT_KEY_FILE")
    key = Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get("EXIT_KEY", "")
    if not key:
        raise Refused("name the sender's private key in EXIT_KEY, or its file in EXIT_KEY_FILE")
    return Account.from_key(key)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Gets your money out of a Harmony vault without Harmony.")
    parser.add_argument("verb", choices=("check", "exit", "request"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--rpc", required=True)
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--holder")
    who.add_argument("--everybody", action="store_true")
    given = parser.parse_args(arguments)
    try:
        head, tree = read(given.file)
        vault = Vault(given.rpc, head["vault"])
        number = check(vault, head, tree)
        if given.verb == "check":
            return 0
        key = _key()
        if given.verb == "request":
            vault.send(key, "requestExit()")
            print("requested: come back when the vault's delay has passed")
            return 0
        holders = {to_checksum_address(given.holder or key.address)}
        if given.everybody:
            holders = {account for account, _ in tree.leaves} | {account for _, account in vault.waiting()}
        return 1 if leave(vault, key, tree, number, holders) else 0
    except (Refused, OSError, KeyError) as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
