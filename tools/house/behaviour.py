"""Tests: no sleeping, no mocks of what can run, nothing left out without saying why."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from house.imports import modules
from house.source import Finding, Rule, Source, dotted

SLEEP = Rule(
    "test-sleep",
    "a test that sleeps is slow when it passes and wrong when the machine is busy",
    "advance a VirtualClock, or await the event, row or answer itself",
)
SKIP = Rule(
    "skip-reason",
    "a test that is left out without a reason is left out for ever",
    "give reason=... and say what would bring it back",
)
MOCK = Rule(
    "no-mock",
    "a mock agrees with whatever the code does",
    "run the real thing, or the in-memory stand-in that the room ships in fakes.py",
)
RULES = (SLEEP, SKIP, MOCK)

_SLEEPS = ("time.sleep", "asyncio.sleep", "anyio.sleep")
_SKIPS = ("pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.skip", "pytest.xfail")
_CALLED_WITH_REASON_FIRST = ("pytest.skip", "pytest.xfail")


def check(source: Source) -> Iterator[Finding]:
    if not (source.is_python and source.under("tests")):
        return
    called = {id(node.func) for node in ast.walk(source.tree) if isinstance(node, ast.Call)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield from _sleep(source, node)
            if dotted(node.func) in _SKIPS and not _reasoned(node):
                yield from source.finding(SKIP, node.lineno, f"{dotted(node.func)} without a reason")
        if isinstance(node, ast.Attribute) and dotted(node) in _SKIPS and id(node) not in called:
            yield from source.finding(SKIP, node.lineno, f"{dotted(node)} without a reason")
    for statement, name in modules(source.tree):
        if name.startswith("unittest.mock"):
            yield from source.finding(MOCK, statement.lineno, "unittest.mock")


def _sleep(source: Source, call: ast.Call) -> Iterator[Finding]:
    name = dotted(call.func)
    yields_only = len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
    if (name in _SLEEPS and not yields_only) or name.endswith(".wait_for_timeout"):
        yield from source.finding(SLEEP, call.lineno, f"{name} in a test")


def _reasoned(call: ast.Call) -> bool:
    if dotted(call.func) in _CALLED_WITH_REASON_FIRST and call.args:
        return True
    return any(keyword.arg == "reason" for keyword in call.keywords)
