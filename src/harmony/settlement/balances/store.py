"""The shadow balances' SQL: what was deposited and what is on its way back. The money is the ledger's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.kernel.money import PRACTICE_USDC, Amount, decimal, parse
from harmony.settlement.balances.model import CHAIN, GAS_FEE, Deposit, Settlement

_SETTLEMENT = (
    "id, wallet_address, settlement_type, status, shadow_balance_before, settlement_amount, initiated_at, trace,"
    " batch_id, settlement_tx_hash, included_transactions, confirmed_at"
)
_ADD_DEPOSIT = """
INSERT INTO shadow_deposits (id, wallet_address, chain, deposit_tx_hash, amount_usdc, previous_balance, new_balance,
    confirmations, verified_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8)
"""
_DEPOSITED = "SELECT coalesce(sum(amount_usdc), 0) FROM shadow_deposits WHERE wallet_address = $1"
_ADD_SETTLEMENT = """
INSERT INTO shadow_settlements (id, wallet_address, settlement_type, status, shadow_balance_before, settlement_amount,
    shadow_balance_after, chain, gas_fee_usdc, initiated_at, trace)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
_FIND = f"SELECT {_SETTLEMENT} FROM shadow_settlements WHERE id = $1"
# What waits to be paid, oldest first; what another process is paying is left to it.
_TAKE_PENDING = f"""
SELECT {_SETTLEMENT} FROM shadow_settlements WHERE status = 'pending_settlement'
ORDER BY initiated_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
"""
_CONFIRM = """
UPDATE shadow_settlements AS settlement SET status = 'confirmed', settlement_tx_hash = paid.transfer_id, batch_id = $1,
    included_transactions = paid.included, confirmed_at = $2,
    processing_time_seconds = greatest(0, floor(extract(epoch FROM $2 - initiated_at)))::integer
FROM unnest($3::text[], $4::text[], $5::integer[]) AS paid (id, transfer_id, included)
WHERE settlement.id = paid.id AND status = 'pending_settlement'
"""
_SETTLED = """
SELECT coalesce(sum(settlement_amount), 0) FROM shadow_settlements WHERE wallet_address = $1 AND status = 'confirmed'
"""


async def add_deposit(uow: UnitOfWork, deposit: Deposit) -> None:
    await uow.connection.execute(
        _ADD_DEPOSIT,
        deposit.id,
        deposit.wallet,
        CHAIN,
        deposit.transfer_id,
        _number(deposit.amount),
        _number(deposit.previous),
        _number(deposit.balance),
        deposit.created_at,
    )


async def deposited(connection: Connection, wallet: str) -> Amount:
    """All that was ever put on the balance."""
    return _amount(await connection.fetchval(_DEPOSITED, wallet))


async def settled(connection: Connection, wallet: str) -> Amount:
    """All that was ever paid back."""
    return _amount(await connection.fetchval(_SETTLED, wallet))


async def add_settlement(uow: UnitOfWork, settlement: Settlement) -> None:
    await uow.connection.execute(
        _ADD_SETTLEMENT,
        settlement.id,
        settlement.wallet,
        settlement.kind,
        settlement.status,
        _number(settlement.before),
        _number(settlement.amount),
        _number(settlement.left),
        CHAIN,
        _number(GAS_FEE),
        settlement.initiated_at,
        settlement.trace,
    )


async def find(connection: Connection, settlement_id: str) -> Settlement | None:
    row = await connection.fetchrow(_FIND, settlement_id)
    return None if row is None else _settlement(row)


async def take_pending(uow: UnitOfWork, limit: int) -> list[Settlement]:
    """What waits to be paid, held against other payers until the commit."""
    return [_settlement(row) for row in await uow.connection.fetch(_TAKE_PENDING, limit)]


async def confirm(uow: UnitOfWork, batch_id: str, paid: Sequence[Settlement]) -> None:
    """Write that ``paid`` (with ``transfer_id`` and ``included``) was paid."""
    ids, transfers = [one.id for one in paid], [one.transfer_id for one in paid]
    await uow.connection.execute(_CONFIRM, batch_id, uow.now, ids, transfers, [one.included for one in paid])


def _settlement(row: Any) -> Settlement:
    return Settlement(
        id=row["id"],
        wallet=row["wallet_address"],
        kind=row["settlement_type"],
        status=row["status"],
        before=_amount(row["shadow_balance_before"]),
        amount=_amount(row["settlement_amount"]),
        initiated_at=row["initiated_at"],
        trace=row["trace"],
        batch_id=row["batch_id"],
        transfer_id=row["settlement_tx_hash"],
        included=row["included_transactions"],
        confirmed_at=row["confirmed_at"],
    )


def _number(amount: Amount) -> Decimal:
    return Decimal(decimal(amount))


def _amount(number: Decimal) -> Amount:
    return parse(format(number, "f"), PRACTICE_USDC)
