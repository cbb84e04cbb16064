"""Look at escrows without touching them."""

from __future__ import annotations

from typing import Literal

from harmony.adapters.db.unit_of_work import Connection
from harmony.settlement.escrows import store
from harmony.settlement.escrows.errors import AddressForeign, EscrowUnknown
from harmony.settlement.escrows.model import ACTIVE, STATUSES, Escrow, HistoryEntry, Status, Summary
from harmony.settlement.escrows.service.accept import invited

Filter = Literal["active", "completed", "disputed", "all"]
FILTERS: dict[Filter, tuple[Status, ...]] = {
    "active": ACTIVE,
    "completed": ("released", "refunded", "expired"),
    "disputed": ("disputed",),
    "all": STATUSES,
}


async def see(
    connection: Connection, escrow_id: str, principal_id: str, invitation: str | None = None, *, oversees: bool
) -> tuple[Escrow, list[HistoryEntry]]:
    """An escrow with its history, for its parties, who holds its open invitation, and who oversees.

    Raises ``EscrowUnknown`` for anybody else.
    """
    escrow = await store.find(connection, escrow_id)
    if escrow is None or not (oversees or escrow.is_party(principal_id) or invited(escrow, invitation)):
        raise EscrowUnknown("there is no such escrow", field="escrow_id")
    return escrow, await store.history(connection, escrow_id)


async def list_escrows(
    connection: Connection,
    principal_id: str,
    address: str | None,
    which: Filter,
    page: int,
    limit: int,
    *,
    oversees: bool,
) -> tuple[list[Escrow], int, Summary]:
    """A page of somebody's escrows, how many there are in all, and all of them in numbers.

    Raises ``AddressForeign`` for another's, unless the caller oversees.
    """
    asked = address or principal_id
    if asked != principal_id and not oversees:
        raise AddressForeign("these are another principal's escrows", field="address")
    found, total = await store.listed(connection, asked, FILTERS[which], limit, (page - 1) * limit)
    return found, total, await store.summary(connection, asked)


async def released_of_session(connection: Connection, session_id: str) -> Escrow | None:
    """What was first paid for the help of a session; None while nothing is paid."""
    return await store.released_of_session(connection, session_id)
