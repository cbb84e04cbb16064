"""The port over facts that are known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.identity.model import Principal


@dataclass(frozen=True, slots=True)
class Still:
    """``Snapshots``: the same facts at any time, for everybody."""

    facts: Mapping[str, Any] = field(default_factory=dict)

    async def take(self, connection: Connection, reader: Principal) -> Mapping[str, Any]:
        return self.facts
