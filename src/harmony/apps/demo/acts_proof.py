"""The end of the story: the books are proven, and everything that happened stands in one log under one trace."""

from __future__ import annotations

from typing import Any

from harmony.apps.demo.errors import StoryWentWrong
from harmony.apps.demo.stage import OPERATOR, Stage

PAGE_ENTRIES = 200


def ledger(stage: Stage) -> dict[str, Any]:
    """Debits equal credits, and the sealed chain is whole up to everything that is committed."""

    def look() -> dict[str, Any] | None:
        proof: dict[str, Any] = stage.ask(OPERATOR, "GET", "/api/v1/harmony/ledger/proof")
        if not proof["ok"]:
            raise StoryWentWrong("the ledger cannot be proven", details=proof)
        return proof if proof["unsealed"] == 0 else None

    return {"ledger_proof": stage.until(look, "sealing the ledger")}


def trail(stage: Stage) -> dict[str, Any]:
    """Every journal revision of this story, in order."""
    entries: list[dict[str, Any]] = []
    after = 0
    while True:
        path = f"/conductor/events?trace={stage.state.trace}&after={after}&limit={PAGE_ENTRIES}"
        page = stage.ask(OPERATOR, "GET", path)["events"]
        entries += page
        if len(page) < PAGE_ENTRIES:
            break
        after = page[-1]["revision"]
    return {
        "revisions": [entry["revision"] for entry in entries],
        "trail": [[entry["revision"], entry["event"]] for entry in entries],
    }
