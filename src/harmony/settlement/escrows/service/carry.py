"""What the verifiers ask about the escrows above them: this module fulfils their port ``Carriers``."""

from __future__ import annotations

from harmony.adapters.db.unit_of_work import Connection
from harmony.settlement.escrows import store
from harmony.settlement.escrows.model import payout_id
from harmony.settlement.verifiers.model import address
from harmony.settlement.verifiers.ports import Payment


async def is_party(connection: Connection, escrow_id: str, principal_id: str) -> bool:
    escrow = await store.find(connection, escrow_id)
    return escrow is not None and escrow.is_party(principal_id)


async def carries_for(connection: Connection, sha256: str, principal_id: str) -> bool:
    return await store.carries_for(connection, sha256, address(sha256), principal_id)


async def payment(connection: Connection, escrow_id: str) -> Payment:
    escrow = await store.find(connection, escrow_id)
    assert escrow is not None, "a verification has an escrow"
    if escrow.status != "released":
        return Payment(escrow.threshold, False, None, None, None)
    return Payment(
        threshold=escrow.threshold,
        released_by_score=escrow.release_cause == "score",
        paid_to=escrow.seller,
        paid=escrow.payout,
        transfer_id=payout_id(escrow.id),
    )
