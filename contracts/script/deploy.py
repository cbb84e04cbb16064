"""Deploys the contracts, or only says what would happen, and proves what stands on a chain.

    python -m contracts.script.deploy dry-run CHAIN --rpc URL
    python -m contracts.script.deploy send    CHAIN --rpc URL
    python -m contracts.script.deploy verify  CHAIN --rpc URL

CHAIN is a CAIP-2 name such as eip155:8453; what belongs to it lies in ``contracts/deployments``, and ``send`` writes
the addresses there. The code is that of ``contracts/goldens``. The sender's private key is in the file that
DEPLOY_KEY_FILE names; ``verify`` needs none. ``owner`` and ``operator`` must be named in the file first: they are meant
to be wallets of code.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eth_account import Account
from web3 import Web3

from contracts.tools import goldens

DEPLOYMENTS = Path(__file__).resolve().parents[1] / "deployments"
CONTRACTS = ("HarmonyEscrow", "HarmonyVault")
TOKEN_ABI = [
    {
        "type": "function",
        "name": "DOMAIN_SEPARATOR",
        "inputs": [],
        "outputs": [{"name": "", "type": "bytes32"}],
        "stateMutability": "view",
    }
]


class Refused(Exception):
    """What stands in the way, in words for a person."""


def file_of(chain: str, folder: Path = DEPLOYMENTS) -> Path:
    """Where the data of a chain lies."""
    return folder / f"{chain.replace(':', '-')}.json"


def arguments_of(name: str, data: dict[str, Any]) -> list[Any]:
    """What the constructor is given."""
    escrow = [data["token"], data["owner"]]
    return escrow if name == "HarmonyEscrow" else [*escrow, data["operator"], data["delaySeconds"]]


def require_sound(web3: Web3, data: dict[str, Any]) -> None:
    """Refuse another chain, people who are not named, and a token that is not the one meant."""
    found = f"eip155:{web3.eth.chain_id}"
    if found != data["chain"]:
        raise Refused(f"this JSON-RPC speaks for {found}, not for {data['chain']}")
    for who in ("owner", "operator"):
        if not data[who]:
            raise Refused(f"name the {who} in contracts/deployments first")
    token = web3.eth.contract(address=data["token"], abi=TOKEN_ABI)
    if not web3.eth.get_code(data["token"]):
        raise Refused(f"there is no token at {data['token']}")
    separator = Web3.to_hex(token.functions.DOMAIN_SEPARATOR().call())
    if separator != data["tokenDomainSeparator"]:
        raise Refused(f"the token at {data['token']} signs as {separator}, which is not the one meant")


def deploy(web3: Web3, data: dict[str, Any], key: Any, *, send: bool) -> None:
    """Deploy each contract that has no address yet; without ``send`` say where it would be and what it would cost."""
    nonce = web3.eth.get_transaction_count(key.address)
    for name in CONTRACTS:
        if data[name]:
            print(f"{name} is at {data[name]}")
            continue
        golden = json.loads((goldens.GOLDENS / f"{name}.json").read_text(encoding="utf-8"))
        factory = web3.eth.contract(abi=golden["abi"], bytecode=golden["bytecode"])
        constructor = factory.constructor(*arguments_of(name, data))
        gas = constructor.estimate_gas({"from": key.address})
        if not send:
            print(f"{name} would take {gas:,} gas from {key.address}, at its nonce {nonce}")
            nonce += 1
            continue
        call = constructor.build_transaction({"from": key.address, "nonce": nonce, "gas": gas * 5 // 4})
        hashed = web3.eth.send_raw_transaction(key.sign_transaction(call).raw_transaction)
        receipt = web3.eth.wait_for_transaction_receipt(hashed)
        if receipt["status"] != 1:
            raise Refused(f"{name}: the chain refused {Web3.to_hex(hashed)}")
        data[name] = receipt["contractAddress"]
        nonce += 1
        print(f"{name} is at {data[name]} ({receipt['gasUsed']:,} gas)")


def verify(web3: Web3, data: dict[str, Any]) -> None:
    """Refuse unless the code at each address is the committed one and was given what the file says."""
    for name in CONTRACTS:
        if not data[name]:
            raise Refused(f"{name} is not deployed on {data['chain']}")
        golden = json.loads((goldens.GOLDENS / f"{name}.json").read_text(encoding="utf-8"))
        code = bytes(web3.eth.get_code(data[name]))
        if goldens.masked_hash(code, golden["holes"]) != golden["runtimeHash"]:
            raise Refused(f"the code at {data[name]} is not that of {name}")
        functions = web3.eth.contract(address=data[name], abi=golden["abi"]).functions
        asked = [functions.TOKEN(), functions.owner()]
        asked += [functions.OPERATOR(), functions.DELAY()] if name == "HarmonyVault" else []
        found = [question.call() for question in asked]
        if found != arguments_of(name, data):
            raise Refused(f"{name} was given {found}, not {arguments_of(name, data)}")
        print(f"{name} at {data[name]} is what was committed")


def main(arguments: Sequence[str], folder: Path = DEPLOYMENTS) -> int:
    parser = argparse.ArgumentParser(description="Deploys the contracts, and proves what stands on a chain.")
    parser.add_argument("verb", choices=("dry-run", "send", "verify"))
    parser.add_argument("chain")
    parser.add_argument("--rpc", required=True)
    given = parser.parse_args(arguments)
    file = file_of(given.chain, folder)
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        web3 = Web3(Web3.HTTPProvider(given.rpc))
        require_sound(web3, data)
        if given.verb != "verify":
            key = Account.from_key(Path(os.environ["DEPLOY_KEY_FILE"]).read_text(encoding="utf-8").strip())
            try:
                deploy(web3, data, key, send=given.verb == "send")
            finally:
                file.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
        if given.verb != "dry-run":
            verify(web3, data)
        return 0
    except KeyError as missing:
        print(f"refused: {missing} is not set", file=sys.stderr)
    except (Refused, OSError) as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
