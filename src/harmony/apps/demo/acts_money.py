"""Money: the price is held, the repaired program delivered, checked by running it, paid and rewarded."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from harmony.apps.demo.errors import StoryWentWrong
from harmony.apps.demo.stage import Stage

PRICE_USDC = "20.00"
THRESHOLD = 80
DELIVERY_DAYS = 2
OTHER_MONTH = "day,amount\n2026-02-01,1.25\n2026-02-28,98.75\n"
ESCROW = "/api/v1/harmony/escrow"


def hold(stage: Stage) -> dict[str, Any]:
    """The seeker sets the price aside; the terms say how the work is checked."""
    body = {
        "amount_usdc": PRICE_USDC,
        "chain": "ledger",
        "session_id": stage.fact("session_id"),
        "terms": {
            "title": "Make the report run on Linux",
            "description": "The program adds up the amounts of a month on Windows and on Linux.",
            "deliverables": ["The repaired report.py"],
            "delivery_deadline": stage.fact("delivery_deadline"),
            "quality_threshold": THRESHOLD,
            "acceptance": _cases(stage),
        },
    }
    made = stage.ask("seeker", "POST", f"{ESCROW}/create", body, act="hold")
    return {"escrow_id": made["escrow_id"], "hold_id": made["payment_tx_hash"]}


def set_deadline(stage: Stage) -> dict[str, Any]:
    """Remembered on its own, so that a repeated hold carries the same terms."""
    ends = stage.clock.now() + timedelta(days=DELIVERY_DAYS)
    return {"delivery_deadline": ends.isoformat(timespec="seconds")}


def agree(stage: Stage) -> dict[str, Any]:
    body = {"escrow_id": stage.fact("escrow_id")}
    agreed = stage.ask("expert", "POST", f"{ESCROW}/accept", body, act="agree")
    return {"locked_usdc": agreed["locked_amount_usdc"]}


def deliver(stage: Stage) -> dict[str, Any]:
    """The expert uploads the repaired program and submits its address."""
    program = (stage.folder / "repaired" / "report.py").read_bytes()
    sha256 = hashlib.sha256(program).hexdigest()
    stage.upload("expert", f"/api/v1/harmony/deliverables?sha256={sha256}", program)
    body = {
        "escrow_id": stage.fact("escrow_id"),
        "deliverable_url": f"harmony:sha256/{sha256}",
        "deliverable_hash": sha256,
        "completion_notes": "The path is built with pathlib now.",
    }
    done = stage.ask("expert", "POST", f"{ESCROW}/submit", body, act="deliver")
    return {"deliverable_hash": sha256, "verification_id": done["verification_id"]}


def check(stage: Stage) -> dict[str, Any]:
    """Wait for the verdict of really running it; where no walls are to be had, the seeker reviews instead."""

    def look() -> dict[str, Any] | None:
        escrow: dict[str, Any] = stage.ask("seeker", "GET", f"{ESCROW}/{stage.fact('escrow_id')}")
        verification = stage.ask("seeker", "GET", f"/api/v1/harmony/verifier/{stage.fact('verification_id')}/status")
        if verification["status"] == "failed" and escrow["status"] == "submitted":
            stage.ask("seeker", "POST", f"{ESCROW}/approve", {"escrow_id": escrow["escrow_id"]}, act="approve work")
            return None
        return escrow if escrow["status"] != "submitted" else None

    escrow = stage.until(look, "the check of the delivered program")
    if escrow["status"] != "released":
        raise StoryWentWrong("the repaired program was not paid", details=escrow)
    checked_by = "running it" if escrow["quality_score"] is not None else "the seeker: no isolation on this machine"
    return {"score": escrow["quality_score"], "checked_by": checked_by, "paid_usdc": escrow["payout_usdc"]}


def reward(stage: Stage) -> dict[str, Any]:
    """The contribution is valued and distributed by jobs; wait until it is."""
    path = f"/v1/sessions/{stage.fact('session_id')}/contribution"

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] | None = stage.ask_if_there("expert", path)
        return found if found is not None and found["state"] == "distributed" else None

    found = stage.until(look, "rewarding the contribution")
    return {
        "contribution_id": found["contributionId"],
        "value_ethik": found["value"],
        "shares_ethik": found["shares"],
        "reputation_points": found["reputationPoints"],
    }


def _cases(stage: Stage) -> list[dict[str, Any]]:
    """Two months, so that a program with the answer written into it does not pass."""
    folder = stage.folder / "report"
    settings = (folder / "settings.ini").read_text(encoding="utf-8")
    months = {"january": (folder / "data" / "amounts.csv").read_text(encoding="utf-8"), "february": OTHER_MONTH}
    totals = {"january": "3 amounts, total 42.50", "february": "2 amounts, total 100.00"}
    return [
        {
            "name": f"adds up {month}",
            "argv": ["python", "main.py"],
            "files": {"settings.ini": settings, "data/amounts.csv": amounts},
            "match": "contains",
            "expected_stdout": totals[month],
        }
        for month, amounts in months.items()
    ]
