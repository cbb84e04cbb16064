"""What a backup keeps beside the database, and what must be the same after it was restored."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from harmony.adapters.db.unit_of_work import Connection
from harmony.apps.links.signing import KEY_FILE
from harmony.assist.problems.learned import FORMER_NAME, NAME
from harmony.settlement.ledger import service as ledger

KEPT_FILES = (KEY_FILE, NAME, FORMER_NAME)
"""Beside the database in a data folder; all else there is made anew at a start."""


async def proof_of_money(connection: Connection) -> dict[str, Any]:
    """The ledger's proof as JSON gives it back, so that two can be compared."""
    proof: dict[str, Any] = json.loads(json.dumps(asdict(await ledger.prove(connection))))
    return proof
