"""The universal lock: reading it, and the part of it that a selection of extras needs.

pip checks hashes only when every requirement has one, so a selection is written out as a lock of its own. Which
package belongs to it follows from the lock's ``# via`` lines: a package is needed when the project names it or when
something needed does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==")
_SEPARATORS = re.compile(r"[-_.]+")
_DIRECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class LockUnreadable(Exception):
    """The lock has a line that this reader does not know; ``make lock`` writes a fresh one."""


@dataclass(frozen=True)
class Pin:
    """One locked package: ``text`` as pip reads it, with marker and hashes; ``via`` the names that ask for it."""

    name: str
    text: str
    via: frozenset[str]


def normal(name: str) -> str:
    """A package name in the one form that compares (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def direct(requirements: Iterable[str]) -> frozenset[str]:
    """The normal names of requirement strings such as ``uvloop; sys_platform != 'win32'``."""
    return frozenset(normal(found[0]) for text in requirements if (found := _DIRECT.match(text.strip())))


def read(text: str) -> list[Pin]:
    """Every pin of the lock in order; raises ``LockUnreadable``."""
    pins: list[Pin] = []
    for block in _blocks(text.splitlines()):
        match = _PIN.match(block[0])
        if match is None or "--hash=" not in "".join(block):
            raise LockUnreadable(
                f"not a pinned and hashed requirement: {block[0][:80]!r}; `make lock` writes a fresh lock"
            )
        requirement = [line for line in block if not line.lstrip().startswith("#")]
        pins.append(Pin(normal(match["name"]), "\n".join(requirement), frozenset(_via(block))))
    return pins


def select(pins: Sequence[Pin], roots: frozenset[str]) -> list[Pin]:
    """The pins that ``roots`` need, directly or through others, in the lock's order."""
    needed = set(roots)
    while True:
        found = {pin.name for pin in pins if pin.name not in needed and pin.via & needed}
        if not found:
            return [pin for pin in pins if pin.name in needed]
        needed |= found


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """The lock cut at each line that begins a requirement; what stands before the first is the header."""
    blocks: list[list[str]] = []
    for line in lines:
        if line and not line[0].isspace() and not line.startswith("#"):
            blocks.append([line])
        elif blocks and line.strip():
            blocks[-1].append(line)
    return blocks


def _via(block: Sequence[str]) -> Iterable[str]:
    for line in block:
        words = line.lstrip().removeprefix("#").split() if line.lstrip().startswith("#") else []
        names = words[1:] if words[:1] == ["via"] else words
        if names and not names[0].startswith("("):
            yield normal(names[0])
