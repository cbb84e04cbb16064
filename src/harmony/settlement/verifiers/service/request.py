"""Ask for a verification, and look at what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.messages.settlement import VerificationFinished
from harmony.settlement.verifiers import store
from harmony.settlement.verifiers.errors import VerificationUnknown
from harmony.settlement.verifiers.model import Case, Template, Verification, unscorable
from harmony.settlement.verifiers.ports import Carriers, Payment


async def request(uow: UnitOfWork, escrow_id: str, url: str, sha256: str, cases: Sequence[Case]) -> Verification:
    """A verification of a delivery: pending, or failed at once with the reason why it cannot be scored."""
    reason = unscorable(url, cases)
    verification = Verification(
        id=uow.ids.new("verification"),
        escrow_id=escrow_id,
        deliverable_url=url,
        deliverable_hash=sha256,
        cases=tuple(cases),
        status="failed" if reason else "pending",
        reason=reason,
        score=None,
        results=(),
        attempts=0,
        trace=uow.trace,
        created_at=uow.now,
        started_at=None,
        completed_at=uow.now if reason else None,
    )
    await store.add(uow, verification)
    if reason:
        message = VerificationFinished(verification.id, escrow_id, "failed", None, reason)
        await append(uow, message, subject=verification.id)
    return verification


async def find(connection: Connection, verification_id: str) -> Verification:
    """Raises ``VerificationUnknown``."""
    found = await store.find(connection, verification_id)
    if found is None:
        raise VerificationUnknown("there is no such verification", field="verification_id")
    return found


async def finished_among(connection: Connection, verification_ids: Sequence[str]) -> dict[str, Verification]:
    """Those of the verifications that have ended, by id."""
    return {one.id: one for one in await store.finished_among(connection, verification_ids)}


async def see(
    connection: Connection, verification_id: str, principal_id: str, carriers: Carriers, *, oversees: bool
) -> tuple[Verification, int, Payment]:
    """A verification for a party of its escrow, with the deliverable's bytes and what came of the escrow.

    Raises ``VerificationUnknown`` for anybody else.
    """
    found = await find(connection, verification_id)
    if not oversees and not await carriers.is_party(connection, found.escrow_id, principal_id):
        raise VerificationUnknown("there is no such verification", field="verification_id")
    deliverable = await store.deliverable(connection, found.deliverable_hash)
    size_bytes = deliverable.size_bytes if deliverable else 0
    return found, size_bytes, await carriers.payment(connection, found.escrow_id)


async def templates(connection: Connection) -> list[Template]:
    return await store.templates(connection)
