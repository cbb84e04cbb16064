"""SQL of the vaults: wallets, marks, logs, sendings, epochs, and the chain's side of deposits and settlements."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from harmony.adapters.chains.following import Mark
from harmony.adapters.chains.model import Fees, Log, Signed, Unsigned
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.kernel.money import Amount, decimal, parse
from harmony.settlement.balances.contract import Event
from harmony.settlement.balances.vaults import (
    DOCUMENTS_KEPT,
    MARKS_KEPT,
    Claim,
    Epoch,
    Leaving,
    Sending,
    SendingStatus,
    Taken,
)
from harmony.settlement.ledger.model import usdc_on

_BIND = """
INSERT INTO chain_wallets (chain, address, principal, signature, bound_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""
_PRINCIPAL_OF = "SELECT principal FROM chain_wallets WHERE chain = $1 AND address = $2"
_WALLET_OF = "SELECT address FROM chain_wallets WHERE chain = $1 AND principal = $2"
_WALLETS = "SELECT principal, address FROM chain_wallets WHERE chain = $1"

_MARKS = "SELECT number, hash FROM chain_marks WHERE chain = $1 ORDER BY number DESC"
_BEGIN = "INSERT INTO chain_follows (chain, number, hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_ADD_MARK = "INSERT INTO chain_marks (chain, number, hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_LOCK = "SELECT number FROM chain_follows WHERE chain = $1 AND number = $2 AND hash = $3 FOR UPDATE"
_MOVE = "UPDATE chain_follows SET number = $2, hash = $3 WHERE chain = $1"
# The first mark stays: it is where following began.
_FORGET = """
DELETE FROM chain_marks WHERE chain = $1 AND number > (SELECT min(number) FROM chain_marks WHERE chain = $1)
    AND number < (SELECT min(number) FROM (
        SELECT number FROM chain_marks WHERE chain = $1 ORDER BY number DESC LIMIT $2) AS newest)
"""
# Where everything was still in agreement: before the block of the last epoch that was taken in.
_AGREED = """
SELECT number, hash FROM chain_marks WHERE chain = $1 AND number <= greatest(
    (SELECT min(number) FROM chain_marks WHERE chain = $1),
    (SELECT max(block_number) - 1 FROM chain_logs WHERE chain = $1 AND kind = 'published' AND undone_at IS NULL))
ORDER BY number DESC LIMIT 1
"""
_KNOWN = """
SELECT block_hash, tx_hash, log_index FROM chain_logs WHERE chain = $1 AND block_number > $2 AND undone_at IS NULL
"""
_UNMARK = "DELETE FROM chain_marks WHERE chain = $1 AND (number > $2 OR number = $2 AND hash <> $3)"

_TAKEN = "id, tx_hash, block_number, kind, number, account, amount, deposit_id"
_ADD_LOG = f"""
INSERT INTO chain_logs (chain, block_number, block_hash, tx_hash, log_index, kind, number, account, amount, taken_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING {_TAKEN}
"""
_LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM chain_logs WHERE chain = $1 AND kind = $2 AND undone_at IS NULL"
_LOGS_AFTER = f"""
SELECT {_TAKEN} FROM chain_logs WHERE chain = $1 AND block_number > $2 AND undone_at IS NULL ORDER BY id DESC
"""
_UNDO_LOGS = "UPDATE chain_logs SET undone_at = $3 WHERE chain = $1 AND block_number > $2 AND undone_at IS NULL"
_DEPOSITS_OF = f"""
SELECT {_TAKEN} FROM chain_logs
WHERE chain = $1 AND tx_hash = $2 AND account = $3 AND kind = 'deposited' AND undone_at IS NULL ORDER BY id FOR UPDATE
"""
_CLAIM_LOGS = """
UPDATE chain_logs SET deposit_id = $4
WHERE chain = $1 AND tx_hash = $2 AND account = $3 AND kind = 'deposited' AND undone_at IS NULL
"""
# What the deposits after one number up to another brought, less what was taken back of them.
_COVERED = """
SELECT coalesce(sum(CASE WHEN kind = 'deposited' THEN amount ELSE -amount END), 0)::bigint FROM chain_logs
WHERE chain = $1 AND kind IN ('deposited', 'reclaimed') AND number > $2 AND number <= $3 AND undone_at IS NULL
"""

_CLAIM = "id, wallet_address, chain, deposit_tx_hash, payer, amount_usdc, previous_balance, created_at, undone_at"
_ADD_CLAIM = """
INSERT INTO shadow_deposits (id, wallet_address, chain, deposit_tx_hash, payer, amount_usdc, previous_balance,
    new_balance, confirmations, verified_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
"""
_CLAIM_OF = f"""
SELECT {_CLAIM} FROM shadow_deposits WHERE chain = $1 AND deposit_tx_hash = $2 AND payer = $3 FOR UPDATE
"""
_CLAIM_UNDONE = "UPDATE shadow_deposits SET undone_at = $2 WHERE id = $1"

_SENDING = "id, chain, nonce, receiver, data, gas"
_ADD_SENDING = """
INSERT INTO chain_sendings (id, chain, sender, nonce, receiver, data, gas, status, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)
"""
_ADD_SIGNED = """
INSERT INTO chain_signed (chain, tx_hash, sending_id, attempt, raw, fee_most, fee_tip, signed_at)
VALUES ($1, $2, $3, (SELECT count(*) + 1 FROM chain_signed WHERE sending_id = $3), $4, $5, $6, $7)
"""
_OPEN_SENDINGS = f"SELECT {_SENDING}, sender FROM chain_sendings WHERE chain = $1 AND status = 'open' ORDER BY nonce"
_SIGNED = """
SELECT tx_hash, raw, fee_most, fee_tip, signed_at FROM chain_signed WHERE sending_id = $1 ORDER BY attempt
"""
_LOCK_SENDING = "SELECT status FROM chain_sendings WHERE id = $1 FOR UPDATE"
_END_SENDING = "UPDATE chain_sendings SET status = $2 WHERE id = $1"
# Sendings that the chain had refused, whose numbers are free again since it went back.
_FREED = f"""
SELECT {_SENDING}, sender FROM chain_sendings
WHERE chain = $1 AND status = 'refused' AND nonce >= $2 AND nonce < $3 ORDER BY nonce
"""
_EMPTY = """
UPDATE chain_sendings SET status = 'open', receiver = sender, data = ''::bytea, gas = $2
WHERE id = $1 AND status = 'refused'
"""
_NEXT_NONCE = "SELECT coalesce(max(nonce) + 1, 0) FROM chain_sendings WHERE chain = $1 AND sender = $2"

_EPOCH = "id, chain, number, root, total, included, paid, status, sending_id, prepared_at, published_at, tx_hash"
_ADD_EPOCH = """
INSERT INTO shadow_epochs (id, chain, number, root, total, included, paid, document, status, sending_id, prepared_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'sent', $9, $10)
"""
_EPOCH_OF_TRANSACTION = f"""
SELECT {_EPOCH} FROM shadow_epochs
WHERE sending_id = (SELECT sending_id FROM chain_signed WHERE chain = $1 AND tx_hash = $2) FOR UPDATE
"""
_EPOCH_OF_SENDING = f"SELECT {_EPOCH} FROM shadow_epochs WHERE sending_id = $1 FOR UPDATE"
_PUBLISHED_EPOCH = f"""
SELECT {_EPOCH} FROM shadow_epochs WHERE chain = $1 AND number = $2 AND status = 'published' FOR UPDATE
"""
_LAST_EPOCH = f"""
SELECT {_EPOCH} FROM shadow_epochs WHERE chain = $1 AND status = 'published' ORDER BY number DESC LIMIT 1
"""
_DOCUMENT = """
SELECT document FROM shadow_epochs WHERE chain = $1 AND number = $2 AND status IN ('sent', 'published')
ORDER BY status DESC, prepared_at DESC LIMIT 1
"""
_END_EPOCH = "UPDATE shadow_epochs SET status = $2, published_at = $3, tx_hash = $4, number = $5 WHERE id = $1"
_FORGET_DOCUMENTS = "UPDATE shadow_epochs SET document = '' WHERE chain = $1 AND number <= $2 AND document <> ''"

_LEAVING = "id, wallet_address, settlement_amount, holds, destination, trace, status, epoch_id"
_WAITING = f"""
SELECT {_LEAVING} FROM shadow_settlements
WHERE chain = $1 AND status = 'pending_settlement' AND epoch_id IS NULL
ORDER BY initiated_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_OF_EPOCH = f"""
SELECT {_LEAVING} FROM shadow_settlements
WHERE id IN (SELECT settlement_id FROM shadow_epoch_payments WHERE epoch_id = $1) ORDER BY initiated_at, id FOR UPDATE
"""
_ANY_WAITING = """
SELECT EXISTS (SELECT FROM shadow_settlements
    WHERE chain = $1 AND status = 'pending_settlement' AND epoch_id IS NULL)
"""
_PUT_INTO_EPOCH = "UPDATE shadow_settlements SET epoch_id = $1 WHERE id = ANY($2::text[])"
_ADD_PAYMENTS = "INSERT INTO shadow_epoch_payments (epoch_id, settlement_id) SELECT $1, unnest($2::text[])"
_RELEASE = "UPDATE shadow_settlements SET epoch_id = NULL WHERE epoch_id = $1 AND status = 'pending_settlement'"
_CANCEL = (
    "UPDATE shadow_settlements SET status = 'cancelled' WHERE id = ANY($1::text[]) AND status = 'pending_settlement'"
)
_PAID = """
UPDATE shadow_settlements AS settlement SET status = 'confirmed', settlement_tx_hash = $2, batch_id = $1, epoch_id = $1,
    confirmed_at = $3, kept = (destination = ANY($4::text[])),
    included_transactions = (SELECT count(*) FROM shadow_settlements AS twin
        WHERE twin.id = ANY($5::text[]) AND twin.destination = settlement.destination),
    processing_time_seconds = greatest(0, floor(extract(epoch FROM $3 - initiated_at)))::integer
WHERE id = ANY($5::text[]) AND status = 'pending_settlement'
"""
_UNPAID = """
UPDATE shadow_settlements SET status = 'pending_settlement', settlement_tx_hash = NULL, batch_id = NULL,
    confirmed_at = NULL, included_transactions = NULL, processing_time_seconds = NULL, kept = false, holds = holds + 1
WHERE epoch_id = $1 AND status = 'confirmed'
"""


async def bind(uow: UnitOfWork, chain: str, address: str, principal: str, signature: str) -> None:
    """The first binding of a wallet, and of a principal, stays."""
    await uow.connection.execute(_BIND, chain, address, principal, signature, uow.now)


async def principal_of(connection: Connection, chain: str, address: str) -> str | None:
    found: str | None = await connection.fetchval(_PRINCIPAL_OF, chain, address)
    return found


async def wallet_of(connection: Connection, chain: str, principal: str) -> str | None:
    found: str | None = await connection.fetchval(_WALLET_OF, chain, principal)
    return found


async def wallets(connection: Connection, chain: str) -> dict[str, str]:
    """Address by principal."""
    return {row["principal"]: row["address"] for row in await connection.fetch(_WALLETS, chain)}


async def marks(connection: Connection, chain: str) -> list[Mark]:
    """Newest first."""
    return [Mark(row["number"], row["hash"]) for row in await connection.fetch(_MARKS, chain)]


async def begin(uow: UnitOfWork, chain: str, mark: Mark) -> None:
    await uow.connection.execute(_BEGIN, chain, mark.number, mark.hash)
    await uow.connection.execute(_ADD_MARK, chain, mark.number, mark.hash)


async def lock(uow: UnitOfWork, chain: str, newest: Mark) -> bool:
    """Hold the place up to which was followed against others; whether it is still ``newest``."""
    return await uow.connection.fetchval(_LOCK, chain, newest.number, newest.hash) is not None


async def go_on(uow: UnitOfWork, chain: str, mark: Mark) -> None:
    await uow.connection.execute(_ADD_MARK, chain, mark.number, mark.hash)
    await uow.connection.execute(_MOVE, chain, mark.number, mark.hash)
    await uow.connection.execute(_FORGET, chain, MARKS_KEPT)


async def agreed(connection: Connection, chain: str) -> Mark:
    """The newest place before the last epoch that was taken in, or where following began."""
    row = await connection.fetchrow(_AGREED, chain)
    assert row is not None, "following has begun"
    return Mark(row["number"], row["hash"])


async def known(connection: Connection, chain: str, after: int) -> set[tuple[str, str, int]]:
    """Block, transaction and place of what has been taken in after a block."""
    rows = await connection.fetch(_KNOWN, chain, after)
    return {(row["block_hash"], row["tx_hash"], row["log_index"]) for row in rows}


async def go_back(uow: UnitOfWork, chain: str, mark: Mark) -> None:
    await uow.connection.execute(_UNMARK, chain, mark.number, mark.hash)
    await uow.connection.execute(_ADD_MARK, chain, mark.number, mark.hash)
    await uow.connection.execute(_MOVE, chain, mark.number, mark.hash)


async def add_log(uow: UnitOfWork, chain: str, log: Log, event: Event) -> Taken:
    row = await uow.connection.fetchrow(
        _ADD_LOG,
        chain,
        log.block_number,
        log.block_hash,
        log.tx_hash,
        log.index,
        event.kind,
        event.number,
        event.account,
        event.amount,
        uow.now,
    )
    assert row is not None
    return Taken(**row)


async def last_number(connection: Connection, chain: str, kind: str) -> int:
    """Of the newest log of a kind."""
    found: int = await connection.fetchval(_LAST_NUMBER, chain, kind)
    return found


async def logs_after(connection: Connection, chain: str, block_number: int) -> list[Taken]:
    """Newest first."""
    return [Taken(**row) for row in await connection.fetch(_LOGS_AFTER, chain, block_number)]


async def undo_logs(uow: UnitOfWork, chain: str, block_number: int) -> None:
    await uow.connection.execute(_UNDO_LOGS, chain, block_number, uow.now)


async def deposits_of(uow: UnitOfWork, chain: str, tx_hash: str, payer: str) -> list[Taken]:
    return [Taken(**row) for row in await uow.connection.fetch(_DEPOSITS_OF, chain, tx_hash, payer)]


async def claim_logs(uow: UnitOfWork, chain: str, tx_hash: str, payer: str, deposit_id: str) -> None:
    await uow.connection.execute(_CLAIM_LOGS, chain, tx_hash, payer, deposit_id)


async def covered(connection: Connection, chain: str, after: int, up_to: int) -> int:
    found: int = await connection.fetchval(_COVERED, chain, after, up_to)
    return found


async def add_claim(uow: UnitOfWork, claim: Claim, confirmations: int) -> None:
    await uow.connection.execute(
        _ADD_CLAIM,
        claim.id,
        claim.principal,
        claim.chain,
        claim.tx_hash,
        claim.payer,
        _number(claim.amount),
        _number(claim.previous),
        _number(claim.previous + claim.amount),
        confirmations,
        claim.created_at,
    )


async def claim_of(uow: UnitOfWork, chain: str, tx_hash: str, payer: str) -> Claim | None:
    row = await uow.connection.fetchrow(_CLAIM_OF, chain, tx_hash, payer)
    if row is None:
        return None
    return Claim(
        id=row["id"],
        principal=row["wallet_address"],
        chain=row["chain"],
        tx_hash=row["deposit_tx_hash"],
        payer=row["payer"],
        amount=_amount(row["amount_usdc"], chain),
        previous=_amount(row["previous_balance"], chain),
        created_at=row["created_at"],
        undone_at=row["undone_at"],
    )


async def set_undone(uow: UnitOfWork, deposit_id: str, *, undone: bool) -> None:
    await uow.connection.execute(_CLAIM_UNDONE, deposit_id, uow.now if undone else None)


async def add_sending(uow: UnitOfWork, sending_id: str, chain: str, sender: str, wanted: Unsigned) -> None:
    await uow.connection.execute(
        _ADD_SENDING, sending_id, chain, sender, wanted.nonce, wanted.to, wanted.data, wanted.gas, uow.now
    )


async def add_signed(uow: UnitOfWork, sending_id: str, chain: str, signed: Signed, fees: Fees) -> None:
    """Write a signed transaction down; only then may it be sent."""
    await uow.connection.execute(
        _ADD_SIGNED, chain, signed.hash, sending_id, signed.raw, Decimal(fees.most), Decimal(fees.tip), uow.now
    )


async def open_sendings(connection: Connection, chain: str) -> list[Sending]:
    """By nonce, each with what was signed for it."""
    return [await _sending(connection, row) for row in await connection.fetch(_OPEN_SENDINGS, chain)]


async def freed(connection: Connection, chain: str, first: int, before: int) -> list[Sending]:
    """Refused sendings with numbers from ``first`` to before ``before``."""
    return [await _sending(connection, row) for row in await connection.fetch(_FREED, chain, first, before)]


async def empty(uow: UnitOfWork, sending_id: str, gas: int) -> None:
    """From now on it only uses its number up."""
    await uow.connection.execute(_EMPTY, sending_id, gas)


async def lock_sending(uow: UnitOfWork, sending_id: str) -> SendingStatus:
    found: SendingStatus = await uow.connection.fetchval(_LOCK_SENDING, sending_id)
    return found


async def end_sending(uow: UnitOfWork, sending_id: str, status: SendingStatus) -> None:
    await uow.connection.execute(_END_SENDING, sending_id, status)


async def next_nonce(connection: Connection, chain: str, sender: str) -> int:
    """One more than the highest that was ever signed with."""
    found: int = await connection.fetchval(_NEXT_NONCE, chain, sender)
    return found


async def add_epoch(uow: UnitOfWork, epoch: Epoch, document: str) -> None:
    await uow.connection.execute(
        _ADD_EPOCH,
        epoch.id,
        epoch.chain,
        epoch.number,
        epoch.root,
        epoch.total,
        epoch.included,
        epoch.paid,
        document,
        epoch.sending_id,
        epoch.prepared_at,
    )


async def epoch_of_transaction(uow: UnitOfWork, chain: str, tx_hash: str) -> Epoch | None:
    """The epoch that a transaction publishes, one that was signed here."""
    row = await uow.connection.fetchrow(_EPOCH_OF_TRANSACTION, chain, tx_hash)
    return None if row is None else Epoch(**row)


async def epoch_of_sending(uow: UnitOfWork, sending_id: str) -> Epoch | None:
    row = await uow.connection.fetchrow(_EPOCH_OF_SENDING, sending_id)
    return None if row is None else Epoch(**row)


async def published_epoch(uow: UnitOfWork, chain: str, number: int) -> Epoch | None:
    row = await uow.connection.fetchrow(_PUBLISHED_EPOCH, chain, number)
    return None if row is None else Epoch(**row)


async def last_epoch(connection: Connection, chain: str) -> Epoch | None:
    row = await connection.fetchrow(_LAST_EPOCH, chain)
    return None if row is None else Epoch(**row)


async def document(connection: Connection, chain: str, number: int) -> str | None:
    """The data of an epoch, empty once it is no longer kept."""
    found: str | None = await connection.fetchval(_DOCUMENT, chain, number)
    return found


async def set_epoch(uow: UnitOfWork, epoch: Epoch) -> None:
    """Write status, instant and transaction."""
    await uow.connection.execute(_END_EPOCH, epoch.id, epoch.status, epoch.published_at, epoch.tx_hash, epoch.number)


async def forget_documents(uow: UnitOfWork, chain: str, newest: int) -> None:
    await uow.connection.execute(_FORGET_DOCUMENTS, chain, newest - DOCUMENTS_KEPT)


async def waiting(uow: UnitOfWork, chain: str, limit: int) -> list[Leaving]:
    """Settlements in no epoch yet, oldest first, held until the commit."""
    return [_leaving(row, chain) for row in await uow.connection.fetch(_WAITING, chain, limit)]


async def of_epoch(uow: UnitOfWork, chain: str, epoch_id: str) -> list[Leaving]:
    return [_leaving(row, chain) for row in await uow.connection.fetch(_OF_EPOCH, epoch_id)]


async def any_waiting(connection: Connection, chain: str) -> bool:
    found: bool = await connection.fetchval(_ANY_WAITING, chain)
    return found


async def put_into_epoch(uow: UnitOfWork, epoch_id: str, settlements: Sequence[str]) -> None:
    await uow.connection.execute(_ADD_PAYMENTS, epoch_id, list(settlements))
    await uow.connection.execute(_PUT_INTO_EPOCH, epoch_id, list(settlements))


async def release(uow: UnitOfWork, epoch_id: str) -> None:
    """An epoch that failed holds its settlements no longer."""
    await uow.connection.execute(_RELEASE, epoch_id)


async def cancel(uow: UnitOfWork, settlements: Sequence[str]) -> None:
    await uow.connection.execute(_CANCEL, list(settlements))


async def set_paid(
    uow: UnitOfWork, epoch_id: str, tx_hash: str, kept: Sequence[str], settlements: Sequence[str]
) -> None:
    await uow.connection.execute(_PAID, epoch_id, tx_hash, uow.now, list(kept), list(settlements))


async def set_unpaid(uow: UnitOfWork, epoch_id: str) -> None:
    await uow.connection.execute(_UNPAID, epoch_id)


async def _sending(connection: Connection, row: Any) -> Sending:
    signed = await connection.fetch(_SIGNED, row["id"])
    attempts = tuple(
        (
            Signed(one["tx_hash"], one["raw"], row["sender"], row["nonce"]),
            Fees(int(one["fee_most"]), int(one["fee_tip"])),
            one["signed_at"],
        )
        for one in signed
    )
    return Sending(row["id"], row["chain"], row["nonce"], row["receiver"], bytes(row["data"]), row["gas"], attempts)


def _leaving(row: Any, chain: str) -> Leaving:
    return Leaving(
        id=row["id"],
        wallet=row["wallet_address"],
        amount=_amount(row["settlement_amount"], chain),
        holds=row["holds"],
        destination=row["destination"],
        trace=row["trace"],
        status=row["status"],
        epoch_id=row["epoch_id"],
    )


def _number(amount: Amount) -> Decimal:
    return Decimal(decimal(amount))


def _amount(number: Decimal, chain: str) -> Amount:
    return parse(format(number, "f"), usdc_on(chain))
