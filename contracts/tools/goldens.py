"""Interface, storage, code and gas of the contracts as committed: ``python -m contracts.tools.goldens write|check``.

Gas may only fall: ``write`` takes a lower figure and refuses a higher one, which a person has to enter by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from eth_utils import keccak

from contracts.tools import anvil, compiled, gas

GOLDENS = compiled.FOLDER / "goldens"
CONTRACTS = ("HarmonyEscrow", "HarmonyVault", "PracticeUsdc")
CODE_LIMIT_BYTES = 24_576
"""EIP-170: the most code a contract may have on Ethereum."""


def documents() -> dict[str, str]:
    """Name of each file below ``contracts/goldens`` to the text that belongs there."""
    with anvil.running() as chain:
        figures = gas.measure(chain)
    return {**{f"{name}.json": _json(described(name)) for name in CONTRACTS}, "gas.json": _json(figures)}


def described(name: str) -> dict[str, Any]:
    """What callers and deployers rely on. ``bytecode`` is the creation code, so that nobody needs a compiler; ``holes``
    are start and length of what a deployment fills in, and ``runtimeHash`` is of the code with these blank."""
    found = compiled.artifact(name)
    runtime = (len(found["deployedBytecode"]["object"]) - 2) // 2
    immutable = found["deployedBytecode"].get("immutableReferences", {})
    holes = sorted([place["start"], place["length"]] for places in immutable.values() for place in places)
    if runtime > CODE_LIMIT_BYTES:
        raise ValueError(f"{name} has {runtime} bytes of code; a chain takes {CODE_LIMIT_BYTES}")
    return {
        "abi": found["abi"],
        "storage": _storage(found["storageLayout"]),
        "runtimeBytes": runtime,
        "runtimeHash": masked_hash(bytes.fromhex(found["deployedBytecode"]["object"][2:]), holes),
        "holes": holes,
        "bytecode": found["bytecode"]["object"],
    }


def masked_hash(code: bytes, holes: list[list[int]]) -> str:
    """The hash of runtime code with the values of this one deployment blanked out."""
    blank = bytearray(code)
    for start, length in holes:
        blank[start : start + length] = bytes(length)
    return "0x" + keccak(bytes(blank)).hex()


def _storage(layout: Mapping[str, Any]) -> list[str]:
    """One line a variable; members of structs below them. Without the compiler's running numbers."""
    kinds = layout["types"] or {}

    def lines(variables: list[dict[str, Any]], indent: str) -> list[str]:
        found = []
        for variable in variables:
            kind = kinds[variable["type"]]
            found.append(f"{indent}{variable['slot']}+{variable['offset']} {variable['label']}: {kind['label']}")
            inner = kinds.get(kind.get("value", ""), kind)
            found += lines(inner.get("members", []), indent + "  ")
        return found

    return lines(layout["storage"], "")


def _json(value: object) -> str:
    return json.dumps(value, indent=1) + "\n"


def write(expected: Mapping[str, str]) -> int:
    """Bring ``contracts/goldens`` to ``expected``; 1 with nothing written when a verb costs more than before."""
    rises = risen(json.loads(_committed("gas.json") or "{}"), json.loads(expected["gas.json"]))
    if rises:
        print("Gas may only fall; nothing was written:", *rises, sep="\n  ")
        return 1
    GOLDENS.mkdir(exist_ok=True)
    for name, text in expected.items():
        if _committed(name) != text:
            (GOLDENS / name).write_text(text, encoding="utf-8")
            print(f"wrote contracts/goldens/{name}")
    return 0


def risen(committed: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """Every figure that is higher than the committed one."""
    return [
        f"{name}: {committed[name]:,} -> {units:,}" for name, units in now.items() if units > committed.get(name, units)
    ]


def check(expected: Mapping[str, str]) -> int:
    """1 with the differences named when a committed golden is not what the contracts are."""
    different = [name for name, text in expected.items() if _committed(name) != text]
    for name in different:
        print(f"contracts/goldens/{name} differs:", *_differences(name, expected[name]), sep="\n  ")
    if different:
        print("`make bless` accepts what the contracts are now; read the difference before committing it.")
    return 1 if different else 0


def _differences(name: str, text: str) -> list[str]:
    committed, now = json.loads(_committed(name) or "{}"), json.loads(text)
    return [
        f"{key}: {str(committed.get(key))[:80]} -> {str(now.get(key))[:80]}"
        for key in [*now, *(set(committed) - set(now))]
        if committed.get(key) != now.get(key)
    ]


def _committed(name: str) -> str:
    file = GOLDENS / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


VERBS = {"write": write, "check": check}

if __name__ == "__main__":
    if sys.argv[1:] not in (["write"], ["check"]):
        sys.exit("usage: python -m contracts.tools.goldens write|check")
    sys.exit(VERBS[sys.argv[1]](documents()))
