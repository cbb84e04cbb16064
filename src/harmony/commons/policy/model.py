"""Rules from one to another, and the decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RULES_LIMIT = 1_000
PATTERN_LIMIT_CHARACTERS = 64
TARGETS_LIMIT = 64
OPERATIONS_LIMIT = 32

Reason = Literal["a rule allows it", "no rule of the sender allows it", "no rule names the sender"]
READS: tuple[str, ...] = ("get", "list", "read", "find", "ping", "status", "health")
"""First words of requests that only read; every other request writes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``from_name`` may do ``operations`` to ``to_names``; each is a name or a beginning followed by ``*``.

    A rule without operations allows nothing, but names its sender.
    """

    id: str
    from_name: str
    to_names: tuple[str, ...]
    operations: tuple[str, ...]
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """``operation`` is what is done (``get-sync-status``) or its kind (``read``, ``write``)."""

    from_name: str
    to_name: str
    operation: str


@dataclass(frozen=True, slots=True)
class Decision:
    """``rule`` is the one that decided; None when none names the sender."""

    allowed: bool
    reason: Reason
    rule: Rule | None


def matches(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else pattern == name


def kind_of(operation: str) -> str:
    """``read`` or ``write``: by the first word of an operation."""
    return "read" if operation.split("-")[0].split(".")[0] in READS else "write"


def decide(rules: Iterable[Rule], ask: Ask, *, token_needed: bool) -> Decision:
    """Default deny where a token is needed; elsewhere whom no rule names may do everything."""
    closest: Rule | None = None
    for rule in rules:
        if not matches(rule.from_name, ask.from_name):
            continue
        to_it = any(matches(pattern, ask.to_name) for pattern in rule.to_names)
        if to_it and any(_covers(pattern, ask.operation) for pattern in rule.operations):
            return Decision(True, "a rule allows it", rule)
        if closest is None or to_it:
            closest = rule
    if closest is not None:
        return Decision(False, "no rule of the sender allows it", closest)
    return Decision(not token_needed, "no rule names the sender", None)


def _covers(pattern: str, operation: str) -> bool:
    return matches(pattern, operation) or pattern == kind_of(operation)
