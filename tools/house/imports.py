"""Imports, as far as `.importlinter` cannot say it: where they stand, and three borders."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from house.source import PLANES, ROOM_FLOORS, Finding, House, Rule, Source, dotted

AT_THE_TOP = Rule(
    "import-at-top",
    "imports at the top of a file are its table of contents; hidden ones also hide circles",
    "move it to the top; if that makes a circle, the noun both need deserves a module of its own",
)
ABSOLUTE = Rule("absolute-import", "an absolute import reads the same wherever it stands", "write `from harmony. ...`")
KERNEL = Rule(
    "kernel-alone",
    "the kernel is what everything else is said in; it may depend on nothing that can change under it",
    "use the standard library, or put this into adapters",
)
TWO_PLANES = Rule(
    "two-planes",
    "code that sees two planes ties them together; apps/links is where such ties are looked for",
    "move the joining code to src/harmony/apps/links",
)
ROOM_PLACED = Rule(
    "room-placed",
    "a room without a place in its plane's order may import, and be imported by, anything",
    "name it in `.importlinter` at its place",
)
RULES = (AT_THE_TOP, ABSOLUTE, KERNEL, TWO_PLANES, ROOM_PLACED)

DISPATCH = "src/harmony/apps/cli"
"""Commands load on use, so that a filter starts at once: the one place where imports happen inside functions."""


def check(source: Source) -> Iterator[Finding]:
    if not (source.is_python and source.under("src", "tools", "tests", "bench")):
        return
    if not source.under(DISPATCH, "tools/setup.py"):
        yield from _inside_functions(source)
    if source.under("src"):
        yield from _relative(source)
    if source.under("src/harmony/kernel"):
        yield from _foreign(source)
    if source.under("src/harmony/apps") and not source.under("src/harmony/apps/links"):
        yield from _planes_seen(source)


def check_house(house: House) -> Iterator[Finding]:
    """Every room is named in the import contracts."""
    contracts = house.root / ".importlinter"
    placed = set(re.findall(r"harmony\.[a-z_]+\.[a-z_]+", contracts.read_text(encoding="utf-8")))
    seen: set[str] = set()
    for source in house.python("src"):
        room = source.room
        if room is None or room in seen or room.split("/")[0] not in ROOM_FLOORS:
            continue
        seen.add(room)
        if f"harmony.{room.replace('/', '.')}" not in placed:
            yield from source.finding(ROOM_PLACED, 1, f"the room {room} has no place in .importlinter")


def modules(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported module with its statement; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def _inside_functions(source: Source) -> Iterator[Finding]:
    seen: set[int] = set()
    for function in ast.walk(source.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            dynamic = isinstance(node, ast.Call) and dotted(node.func) in ("__import__", "importlib.import_module")
            hidden = isinstance(node, ast.Import | ast.ImportFrom) or (dynamic and source.under("src"))
            if hidden and isinstance(node, ast.stmt | ast.expr) and node.lineno not in seen:
                seen.add(node.lineno)
                yield from source.finding(AT_THE_TOP, node.lineno, f"an import inside {function.name}()")


def _relative(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield from source.finding(ABSOLUTE, node.lineno, "a relative import")


def _foreign(source: Source) -> Iterator[Finding]:
    for node, name in modules(source.tree):
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("harmony."):
            yield from source.finding(KERNEL, node.lineno, f"the kernel imports {name.split('.')[0]}")


def _planes_seen(source: Source) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for node, name in modules(source.tree):
        parts = name.split(".")
        if parts[0] == "harmony" and len(parts) > 1 and parts[1] in PLANES:
            first.setdefault(parts[1], node.lineno)
    if len(first) > 1:
        yield from source.finding(TWO_PLANES, max(first.values()), f"one file sees {' and '.join(sorted(first))}")
