"""Decide a dispute; the edge has asked for the permission to."""

from __future__ import annotations

from dataclasses import replace

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.settlement.escrows import store
from harmony.settlement.escrows.errors import EscrowUnknown, OwnEscrow
from harmony.settlement.escrows.model import Decision, Escrow, Move
from harmony.settlement.escrows.service.settle import advance


async def resolve(uow: UnitOfWork, escrow_id: str, decision: Decision, notes: str) -> Escrow:
    """Pay the seller or refund the buyer; raises ``EscrowUnknown``, ``OwnEscrow`` for a party, ``WrongState``."""
    escrow = await store.lock(uow, escrow_id)
    if escrow is None:
        raise EscrowUnknown("there is no such escrow", field="escrow_id")
    if escrow.is_party(uow.actor):
        raise OwnEscrow("a party does not judge its own dispute", field="escrow_id")
    move: Move = "resolve_release" if decision == "release" else "resolve_refund"
    decided = replace(escrow, dispute_resolved_by="arbitrator", arbitrator_notes=notes)
    return await advance(uow, escrow, decided, move, "arbitrator", f"dispute decided: {decision}")
