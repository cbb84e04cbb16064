"""Follow the log: what moves in the registry, the access rules or among tokens is known here at once."""

from __future__ import annotations

from harmony.commons.identity.edge import House
from harmony.commons.journal.model import Selection
from harmony.coordination.gateway import service
from harmony.coordination.gateway.asking import Board
from harmony.messages.identity import TokenRevoked

REVOKED = TokenRevoked.KIND
FOLLOWED = Selection(kinds=("coordination.component.*", "coordination.access_rule.*", REVOKED))
REFRESH_SECONDS = 5.0
"""How old the view may grow when nothing is told."""


async def keep_following(house: House) -> None:
    """Until cancelled. What was told before the first look is in it."""
    board = house.port(Board)
    head = await house.journal.head()
    await service.refresh(house.database, board.directory, board.traffic)
    async for batch in house.journal.follow(head.revision, FOLLOWED, patience_seconds=REFRESH_SECONDS):
        if any(entry.kind == REVOKED for entry in batch):
            board.callers.forget()
        await service.refresh(house.database, board.directory, board.traffic)
