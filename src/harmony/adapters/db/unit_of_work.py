"""One request or message is one transaction: the unit of work that carries it.

The edge opens it (``Database.begin``), the verbs of the rooms write through ``uow.connection``, the edge commits by
leaving the block. Time, ids and chance come with it, so a verb needs no other door.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import asyncpg

from harmony.kernel.chance import Chance
from harmony.kernel.ids import Ids

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"


@dataclass(slots=True)
class UnitOfWork:
    """An open transaction and what its verbs may know.

    ``now`` is read once: everything in one transaction happens at one instant. ``actor`` is the id of the principal
    on whose behalf it runs (``system`` for jobs), ``trace`` the W3C trace id that ties a story together.
    """

    connection: Connection
    now: datetime
    ids: Ids
    chance: Chance
    actor: str
    trace: str
    closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    committed: list[Callable[[], None]] = field(default_factory=list)

    def at_commit(self, statement: Callable[[], Awaitable[None]]) -> None:
        """Run ``statement`` inside the transaction, after every other statement and just before the commit."""
        self.closing.append(statement)

    def after_commit(self, signal: Callable[[], None]) -> None:
        """Call ``signal`` once the commit is durable; it must not fail and must not wait."""
        self.committed.append(signal)
