"""What a rule sees: one file with its tree and comments, or the whole house."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

PLANES = ("coordination", "assist", "settlement")
ROOM_FLOORS = (*PLANES, "commons")
"""Where folders are rooms, with the fixed file names."""

_EXCUSE = re.compile(r"tidy: ok\(([a-z-]+)\)")


@dataclass(frozen=True)
class Rule:
    """``name`` as excuses spell it, why it is there, and what to do instead."""

    name: str
    reason: str
    mend: str


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    rule: Rule
    message: str

    def __str__(self) -> str:
        return (
            f"{self.path}:{self.line}: {self.message} [{self.rule.name}]\n"
            f"    Why: {self.rule.reason}\n"
            f"    Mend: {self.rule.mend}"
        )


@dataclass(frozen=True)
class Source:
    """One text file; ``path`` is relative to the house's root."""

    path: PurePosixPath
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def comments(self) -> Mapping[int, str]:
        """Line number to comment, for Python."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}

    @cached_property
    def docstrings(self) -> frozenset[int]:
        """The ids of the constant nodes that are docstrings."""
        holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        firsts = (node.body[0] for node in ast.walk(self.tree) if isinstance(node, holders) and node.body)
        return frozenset(id(first.value) for first in firsts if isinstance(first, ast.Expr))

    @cached_property
    def strings(self) -> frozenset[tuple[int, int]]:
        """First and last line of every string."""
        strings = (
            node for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        return frozenset((node.lineno, node.end_lineno or node.lineno) for node in strings)

    def under(self, *folders: str) -> bool:
        return any(self.path.is_relative_to(folder) for folder in folders)

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    @property
    def room(self) -> str | None:
        """``settlement/ledger`` for any file of that room."""
        parts = self.path.parts
        if len(parts) > 4 and parts[:2] == ("src", "harmony") and parts[2] in ROOM_FLOORS:
            return f"{parts[2]}/{parts[3]}"
        return None

    def finding(self, rule: Rule, line: int, message: str) -> Iterator[Finding]:
        """The finding, unless its line excuses itself from this rule."""
        excused = _EXCUSE.findall(self.comments.get(line, "")) if self.is_python else []
        if rule.name not in excused:
            yield Finding(str(self.path), line, rule, message)


@dataclass(frozen=True)
class House:
    """Every text file that is, or is about to be, in the repository."""

    root: Path
    sources: tuple[Source, ...]

    def python(self, *folders: str) -> Iterator[Source]:
        return (source for source in self.sources if source.is_python and source.under(*folders))


def read_house(root: Path) -> House:
    """All files that git knows or would add; those that are not text are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return House(root, tuple(source for name in names if (source := _read(root, name)) is not None))


def _read(root: Path, name: str) -> Source | None:
    file = root / name
    if not file.is_file():
        return None
    try:
        return Source(PurePosixPath(name), file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return None


def dotted(node: ast.AST) -> str:
    """``a.b.c`` for a name or an attribute of one; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else ""
    return ""
