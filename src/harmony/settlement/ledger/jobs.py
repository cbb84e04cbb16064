"""Jobs of the ledger: seal what has committed, free what has timed out, prove the whole."""

from __future__ import annotations

import structlog

from harmony.adapters.db.pool import Database
from harmony.commons.journal.service import append
from harmony.messages.settlement import LedgerFaultFound
from harmony.settlement.ledger import service, statements, store
from harmony.settlement.ledger.errors import PendingResolved
from harmony.settlement.ledger.model import EXPIRE_LIMIT_TRANSFERS, SEAL_LIMIT_TRANSFERS, Void
from harmony.settlement.ledger.ports import ProofSigner

SEAL_PERIOD_SECONDS = 1.0
"""How often ``seal`` is to run: a transfer is sealed at most this much after its commit."""

log = structlog.get_logger("ledger")


async def seal(database: Database) -> int:
    """Chain everything that is committed, a block for each ``SEAL_LIMIT_TRANSFERS``; how many transfers."""
    total = 0
    while True:
        many = await _seal_block(database)
        total += many
        if many < SEAL_LIMIT_TRANSFERS:
            return total


async def expire(database: Database) -> int:
    """Free pending transfers whose time is over, each in its own transaction; how many."""
    async with database.begin() as uow:
        overdue = await store.expired(uow, EXPIRE_LIMIT_TRANSFERS)
    freed = 0
    for pending_id, trace in overdue:
        try:
            async with database.begin(trace=trace) as uow:
                await service.post(uow, [Void(f"{pending_id}:expired", pending_id, "time-out", timed_out=True)])
            freed += 1
        except PendingResolved:
            continue  # its owner was quicker
    return freed


async def prove(database: Database) -> int:
    """Recompute the ledger; how many faults there are. A fault is logged and journalled."""
    async with database.reading() as connection:
        proof = await service.prove(connection)
    if not proof.ok:
        for fault in proof.faults:
            log.error("ledger fault", fault=fault.kind, subject=fault.subject, reason=fault.message)
        async with database.begin() as uow:
            message = LedgerFaultFound(
                len(proof.faults), proof.faults[0].kind, proof.faults[0].subject, proof.last_seal
            )
            await append(uow, message, subject="ledger")
    return len(proof.faults)


async def sign(database: Database, signer: ProofSigner) -> bool:
    """Sign the proof of today once everything is proven; whether one was signed. A fault is signed by nobody."""
    async with database.reading() as connection:
        if await store.proof_of_day(connection, database.clock.now().date()) is not None:
            return False
    if await prove(database):
        return False
    async with database.begin() as uow:
        await store.lock_sealer(uow)
        return await statements.sign_day(uow, signer)


async def _seal_block(database: Database) -> int:
    async with database.begin() as uow:
        await store.lock_sealer(uow)
        return await store.seal(uow, SEAL_LIMIT_TRANSFERS)
