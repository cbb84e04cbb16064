"""Sizes and names: a file for one sitting, a function for one screen, no drawer for odds and ends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.source import Finding, Rule, Source

FILE_LIMIT_LINES = 500
FUNCTION_LIMIT_LINES = 70
SIZED_SUFFIXES = (".py", ".ts", ".tsx", ".sol", ".sql", ".sh", ".css")
SIZED_FOLDERS = ("src", "tools", "tests", "bench", "demo", "web", "contracts", "deploy")
REFUSED_WORDS = frozenset("util utils utilities helper helpers common manager managers misc".split())
REFUSED_CLASS_ENDS = ("Manager", "Helper", "Helpers", "Util", "Utils")

FILE_LENGTH = Rule(
    "file-length",
    "a file is read in one sitting, or not at all",
    "cut it where the subject changes: service.py grows into service/<verb>.py",
)
FUNCTION_LENGTH = Rule(
    "function-length",
    "a function that does not fit a screen hides its promise",
    "keep the decisions here and move each calculation into a function named for what it gives",
)
NAME = Rule(
    "name",
    "a drawer called utils, helpers, common, manager or misc collects what nobody will find again",
    "name it for the noun it holds or the verb it does",
)
RULES = (FILE_LENGTH, FUNCTION_LENGTH, NAME)


def check(source: Source) -> Iterator[Finding]:
    yield from _names(source)
    if source.under(*SIZED_FOLDERS) and source.path.suffix in SIZED_SUFFIXES:
        lines = source.text.count("\n")
        if lines > FILE_LIMIT_LINES and not _generated(source):
            yield from source.finding(FILE_LENGTH, 1, f"{lines} lines; the limit is {FILE_LIMIT_LINES}")
    if source.is_python:
        yield from _functions(source)


def _generated(source: Source) -> bool:
    return "generated" in source.path.parts or ".generated." in source.path.name


def _functions(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LIMIT_LINES:
                told = f"{node.name}() has {lines} lines; the limit is {FUNCTION_LIMIT_LINES}"
                yield from source.finding(FUNCTION_LENGTH, node.lineno, told)
        if isinstance(node, ast.ClassDef) and node.name.endswith(REFUSED_CLASS_ENDS):
            yield from source.finding(NAME, node.lineno, f"a class called {node.name}")


def _names(source: Source) -> Iterator[Finding]:
    for part in source.path.parts:
        words = re.split(r"[^a-z]+", part.lower())
        refused = REFUSED_WORDS.intersection(words)
        if refused:
            yield from source.finding(NAME, 1, f"{part!r} in the path says {min(refused)!r}")
