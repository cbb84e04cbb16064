"""The contracts' tools: forge, anvil, cast, the compiler and OpenZeppelin's sources, as npm packages.

Only tests, benches and the local chain need them, so ``harmony up`` is prepared without.
"""

from __future__ import annotations

from pathlib import Path

from preparing import node, packages
from preparing.node import Toolchain

FOLDER = "contracts"


def exists(root: Path) -> bool:
    return (root / FOLDER / "package.json").exists()


def prepare(root: Path, toolchain: Toolchain) -> bool:
    """Bring ``contracts/node_modules`` up to date; whether anything was done."""
    return packages.install(root, FOLDER, "Contract packages", toolchain)


def binary(root: Path, name: str) -> Path:
    """The program ``forge``, ``anvil`` or ``cast`` for this machine. Raises ``LookupError`` if it is absent."""
    found = sorted((root / FOLDER / "node_modules" / "@foundry-rs").glob(f"{name}-*/bin/{name}*"))
    if not found:
        raise LookupError(f"{name} is not installed for this machine; `make tested` prepares contracts/node_modules")
    return found[0]


def environment(root: Path) -> dict[str, str]:
    """What forge runs in: the compiler behind ``contracts/tools/solc`` needs a Node on the path."""
    return packages.environment(node.of_system(root) or node.of_wheel(root))
