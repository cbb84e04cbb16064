"""Why two traces are or are not one failure, for ``harmony fingerprint --explain``. Loaded when asked for."""

from __future__ import annotations

import json
import sys

from harmony.apps.cli import filtering
from harmony.assist.problems.fingerprints import Fingerprint
from harmony.assist.problems.similarity import Comparison, compare


def explain(first: Fingerprint, second: Fingerprint, *, as_json: bool) -> int:
    """Say it; the exit code: fine when they are grouped, found when not."""
    found = compare(first, second)
    if as_json:
        answer = {
            "verdict": found.verdict,
            "similarity": round(found.likeness, 4),
            "reasons": list(found.reasons),
            "fingerprints": [first.value, second.value],
        }
        _say(json.dumps(answer))
    else:
        _tell(found)
    return filtering.FINE if found.verdict == "same" else filtering.FOUND


def _tell(found: Comparison) -> None:
    words = {
        "same": "one group",
        "similar": f"two groups, though much alike ({found.likeness:.0%})",
        "different": f"two groups ({found.likeness:.0%} alike)",
    }
    _say(words[found.verdict])
    for reason in found.reasons:
        _say(f"  {filtering.shown(reason)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
