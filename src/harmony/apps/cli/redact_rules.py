"""A user's own rules and allowed values, from a file. Loaded when one is given."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from harmony.kernel.redaction.errors import RuleInvalid
from harmony.kernel.redaction.rules import RuleSet, shipped, user_rules

RULES_LIMIT_BYTES = 4 * 1024**2


def read(path: Path) -> RuleSet:
    """The shipped rules with those of the file (TOML, or JSON by its name). Raises ``RuleInvalid``, ``OSError``."""
    with path.open("rb") as file:
        raw = file.read(RULES_LIMIT_BYTES + 1)
    if len(raw) > RULES_LIMIT_BYTES:
        raise RuleInvalid(f"the rules are longer than {RULES_LIMIT_BYTES} bytes", field="rules")
    try:
        text = raw.decode("utf-8")
        given = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise RuleInvalid(f"{path.name!r} cannot be read: {fault}", field="rules") from None
    rules, allowed = user_rules(given)
    return shipped().extended(rules, allowed)
