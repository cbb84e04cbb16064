"""``/api/v1/harmony/whisperer``: deposit, balance, withdraw, settlement status, history, batch-settle."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.edge import Edge, requires
from harmony.kernel.money import PRACTICE_USDC, parse
from harmony.settlement.balances import schemas, service, store
from harmony.settlement.balances.errors import DepositUnproven
from harmony.settlement.balances.model import (
    HISTORY_LIMIT_ITEMS,
    HISTORY_LIMIT_OFFSET,
    WITHDRAWAL_LEAST,
    account,
    require_chain,
    require_within,
)
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.routes import SEE_ANY, ExactNumbers
from harmony.settlement.ledger.schemas import PrincipalId

RECENT_ITEMS = 10
OVERSEES = "balances.settle"
"""Granted to administrators only."""

Wallet = Annotated[PrincipalId | None, Query(description="Another's: administrators only.")]

router = APIRouter(prefix="/api/v1/harmony/whisperer", tags=["balances"], route_class=ExactNumbers)


@router.post("/deposit", status_code=201, response_model=schemas.Deposited)
async def deposit(body: schemas.DepositBody, edge: Annotated[Edge, requires("balances.use")]) -> JSONResponse:
    """Put money of one's own on the shadow balance, from which metered calls are paid."""
    service.own(edge.caller.id, body.wallet_address)
    require_chain(body.chain, "chain")
    if body.deposit_tx_hash is not None:
        raise DepositUnproven("a deposit on this chain has no transaction before it is made", field="deposit_tx_hash")

    async def put(uow: UnitOfWork) -> schemas.Deposited:
        amount = parse(body.amount_usdc, PRACTICE_USDC, field="amount_usdc")
        return schemas.deposited(await service.deposit(uow, amount))

    return await edge.once(body, put, status=201, key_required=True)


@router.get("/balance", response_model=schemas.BalanceView)
async def balance(
    edge: Annotated[Edge, requires("balances.use")], wallet_address: Wallet = None
) -> schemas.BalanceView:
    """What is on the shadow balance, what of it is leaving, and what has lately moved it."""
    wallet = _seen(edge, wallet_address)
    async with edge.reading() as connection:
        recent, _ = await ledger.recent(connection, account(wallet), PRACTICE_USDC, RECENT_ITEMS, 0)
        return schemas.balance_view(await service.look(connection, wallet), recent)


@router.post("/withdraw", status_code=202, response_model=schemas.Withdrawn)
async def withdraw(body: schemas.WithdrawBody, edge: Annotated[Edge, requires("balances.use")]) -> JSONResponse:
    """Take money back: held at once, paid to its owner within seconds."""
    service.own(edge.caller.id, body.wallet_address)
    require_chain(body.destination_chain, "destination_chain")

    async def take(uow: UnitOfWork) -> schemas.Withdrawn:
        amount = parse(body.amount_usdc, PRACTICE_USDC, field="amount_usdc")
        return schemas.withdrawn(await service.withdraw(uow, amount))

    return await edge.once(body, take, status=202, key_required=True)


@router.get("/settlement/{settlement_id}/status", response_model=schemas.SettlementStatus)
async def settlement(
    settlement_id: Annotated[str, Path(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9._:@-]+$")],
    edge: Annotated[Edge, requires("balances.use")],
) -> schemas.SettlementStatus:
    """How far a settlement of one's own has come."""
    async with edge.reading() as connection:
        found = await service.see(connection, settlement_id, edge.caller.id, oversees=edge.caller.may(OVERSEES))
    return schemas.settlement_status(found)


@router.get("/history", response_model=schemas.History)
async def history(
    edge: Annotated[Edge, requires("balances.use")],
    wallet_address: Wallet = None,
    limit: Annotated[int, Query(ge=1, le=HISTORY_LIMIT_ITEMS)] = 50,
    offset: Annotated[int, Query(ge=0, le=HISTORY_LIMIT_OFFSET)] = 0,
) -> schemas.History:
    """What has moved the shadow balance, newest first."""
    wallet = _seen(edge, wallet_address)
    async with edge.reading() as connection:
        found, total = await ledger.recent(connection, account(wallet), PRACTICE_USDC, limit, offset)
        standing = await service.look(connection, wallet)
        settled = await store.settled(connection, wallet)
    return schemas.history(found, total, limit, offset, standing, settled)


@router.post("/batch-settle", status_code=202, response_model=schemas.BatchStarted)
async def batch_settle(body: schemas.BatchSettleBody, edge: Annotated[Edge, requires(OVERSEES)]) -> JSONResponse:
    """Start to pay out every balance of at least so much to its owner; the job nets and pays them."""
    asked = body.settlement_criteria
    for chain in asked.chains:
        require_chain(chain, "settlement_criteria.chains")
    least = parse(asked.min_balance, PRACTICE_USDC, field="settlement_criteria.min_balance")
    require_within(least, WITHDRAWAL_LEAST, None, "settlement_criteria.min_balance")

    async def start(uow: UnitOfWork) -> schemas.BatchStarted:
        wallets = await service.holding(uow.connection, least, "", asked.max_settlements)
        return schemas.batch_started(await service.settle_by_force(uow, wallets, least))

    return await edge.once(body, start, status=202, key_required=True)


def _seen(edge: Edge, wallet: str | None) -> str:
    """The wallet that is asked for; raises ``WalletForeign`` for another's, unless the caller sees any."""
    return wallet if wallet is not None and edge.caller.may(SEE_ANY) else service.own(edge.caller.id, wallet)
