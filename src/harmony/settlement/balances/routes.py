"""``/api/v1/harmony/whisperer``: deposit, balance, withdraw, settlement status, history, batch-settle."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse, PlainTextResponse

from harmony.adapters.db.errors import KeyMissing
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.edge import Edge, public, requires
from harmony.kernel.money import PRACTICE_USDC, Asset, parse
from harmony.settlement.balances import schemas, service
from harmony.settlement.balances.errors import DepositUnproven, EpochUnknown
from harmony.settlement.balances.model import (
    CHAIN,
    DEPOSIT_LEAST,
    HISTORY_LIMIT_ITEMS,
    HISTORY_LIMIT_OFFSET,
    WITHDRAWAL_LEAST,
    Settlement,
    account,
    asset_on,
    chain_of,
    least_on,
    require_within,
)
from harmony.settlement.balances.onchain import claims
from harmony.settlement.balances.store import accounts as store
from harmony.settlement.balances.store import chains as onchain
from harmony.settlement.balances.vaults import Vault, Vaults, wallet_message
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.routes import SEE_ANY, ExactNumbers
from harmony.settlement.ledger.schemas import PrincipalId

RECENT_ITEMS = 10
OVERSEES = "balances.settle"
"""Granted to administrators only."""

OfChain = Annotated[str, Query(min_length=1, max_length=50, description="Which balance: `ledger`, or a chain.")]
Wallet = Annotated[PrincipalId | None, Query(description="Another's: administrators only.")]

router = APIRouter(prefix="/api/v1/harmony/whisperer", tags=["balances"], route_class=ExactNumbers)


@router.post("/deposit", status_code=201, response_model=schemas.Deposited)
async def deposit(body: schemas.DepositBody, edge: Annotated[Edge, requires("balances.use")]) -> JSONResponse:
    """Put money of one's own on the shadow balance, from which metered calls are paid; on a chain: prove what one's
    wallet has paid into the vault."""
    service.own(edge.caller.id, body.wallet_address)
    if body.chain != CHAIN:
        return await _deposit_on_chain(body, edge)
    if body.deposit_tx_hash is not None:
        raise DepositUnproven("a deposit on this chain has no transaction before it is made", field="deposit_tx_hash")
    if body.wallet_signature is not None:
        raise DepositUnproven("a deposit on this chain needs no wallet", field="wallet_signature")

    async def put(uow: UnitOfWork) -> schemas.Deposited:
        amount = parse(body.amount_usdc, PRACTICE_USDC, field="amount_usdc")
        return schemas.deposited(await service.deposit(uow, amount))

    return await edge.once(body, put, status=201, key_required=True)


async def _deposit_on_chain(body: schemas.DepositBody, edge: Edge) -> JSONResponse:
    """The chain is asked before the transaction begins."""
    served = _vault(edge, body.chain, "chain")
    if edge.key is None:
        raise KeyMissing("this act moves money and needs an Idempotency-Key header", field="Idempotency-Key")
    if body.deposit_tx_hash is None:
        raise DepositUnproven("on a chain a deposit is a transaction: name it", field="deposit_tx_hash")
    amount = parse(body.amount_usdc, served.asset, field="amount_usdc")
    require_within(amount, least_on(body.chain, DEPOSIT_LEAST), None, "amount_usdc")
    proven = await claims.prove(edge.house.database, served, body.deposit_tx_hash)

    async def credit(uow: UnitOfWork) -> schemas.Deposited:
        made = await claims.claim(uow, served, proven, amount, body.wallet_signature)
        return schemas.claimed(made, proven.confirmations)

    return await edge.once(body, credit, status=201)


@router.get("/wallet", response_model=schemas.WalletView)
async def wallet(
    edge: Annotated[Edge, requires("balances.use")], chain: Annotated[schemas.ChainName, Query()]
) -> schemas.WalletView:
    """One's wallet on a chain, the vault to pay into, and the message by which a wallet is bound (personal_sign)."""
    served = _vault(edge, chain, "chain")
    async with edge.reading() as connection:
        address = await onchain.wallet_of(connection, chain, edge.caller.id)
    message = wallet_message(edge.caller.id, chain, served.address)
    return schemas.WalletView(chain=chain, vault=served.address, token=served.token, address=address, message=message)


@router.get("/epochs/{chain}", response_model=schemas.EpochView)
async def epoch(chain: schemas.ChainPath, edge: Annotated[Edge, public()]) -> schemas.EpochView:
    """The last epoch of a chain's vault: everything that is owed, under one root that the contract holds."""
    served = edge.house.port(Vaults).by_chain.get(chain)
    async with edge.reading() as connection:
        found = await onchain.last_epoch(connection, chain)
    if served is None or found is None:
        raise EpochUnknown("no epoch has been published yet", field="chain")
    return schemas.epoch_view(found, served.address)


@router.get("/epochs/{chain}/{number}/data", response_class=PlainTextResponse)
async def epoch_data(
    chain: schemas.ChainPath, number: schemas.EpochPath, edge: Annotated[Edge, public()]
) -> PlainTextResponse:
    """The data of an epoch, with which `contracts/exit/exit.py` gets anybody's money out without Harmony: lines of JSON
    with addresses and amounts. Keep a copy."""
    async with edge.reading() as connection:
        known = number.isdecimal() and len(number) <= schemas.EPOCH_LIMIT_DIGITS
        found = await onchain.document(connection, chain, int(number)) if known else None
    if not found:
        raise EpochUnknown("the data of this epoch is not here", field="number")
    return PlainTextResponse(found, media_type="application/x-ndjson")


@router.get("/balance", response_model=schemas.BalanceView)
async def balance(
    edge: Annotated[Edge, requires("balances.use")], wallet_address: Wallet = None, chain: OfChain = CHAIN
) -> schemas.BalanceView:
    """What is on the shadow balance, what of it is leaving, and what has lately moved it."""
    principal, asset = _seen(edge, wallet_address), _asset(edge, chain)
    async with edge.reading() as connection:
        recent, _ = await ledger.recent(connection, account(principal), asset, RECENT_ITEMS, 0)
        return schemas.balance_view(await service.look(connection, principal, chain), recent)


@router.post("/withdraw", status_code=202, response_model=schemas.Withdrawn)
async def withdraw(body: schemas.WithdrawBody, edge: Annotated[Edge, requires("balances.use")]) -> JSONResponse:
    """Take money back: held at once, paid to its owner within seconds; on a chain with the next epoch, to the owner's
    wallet."""
    service.own(edge.caller.id, body.wallet_address)
    asset = _asset(edge, body.destination_chain, "destination_chain")

    async def take(uow: UnitOfWork) -> schemas.Withdrawn:
        amount = parse(body.amount_usdc, asset, field="amount_usdc")
        return schemas.withdrawn(await service.withdraw(uow, amount, body.destination_chain))

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
    chain: OfChain = CHAIN,
) -> schemas.History:
    """What has moved the shadow balance, newest first."""
    principal, asset = _seen(edge, wallet_address), _asset(edge, chain)
    async with edge.reading() as connection:
        found, total = await ledger.recent(connection, account(principal), asset, limit, offset)
        standing = await service.look(connection, principal, chain)
        settled = await store.settled(connection, principal, chain)
    return schemas.history(found, total, limit, offset, standing, settled)


@router.post("/batch-settle", status_code=202, response_model=schemas.BatchStarted)
async def batch_settle(body: schemas.BatchSettleBody, edge: Annotated[Edge, requires(OVERSEES)]) -> JSONResponse:
    """Start to pay out every balance of at least so much to its owner; the job nets and pays them."""
    asked = body.settlement_criteria
    assets = [_asset(edge, chain, "settlement_criteria.chains") for chain in sorted(set(asked.chains))]
    leasts = [parse(asked.min_balance, asset, field="settlement_criteria.min_balance") for asset in assets]
    for least in leasts:
        bound = least_on(chain_of(least.asset), WITHDRAWAL_LEAST)
        require_within(least, bound, None, "settlement_criteria.min_balance")

    async def start(uow: UnitOfWork) -> schemas.BatchStarted:
        begun: list[Settlement] = []
        for least in leasts:
            wallets = await service.holding(uow.connection, least, "", asked.max_settlements - len(begun))
            begun += await service.settle_by_force(uow, wallets, least)
        return schemas.batch_started(begun)

    return await edge.once(body, start, status=202, key_required=True)


def _vault(edge: Edge, chain: str, field: str) -> Vault:
    """The vault on a chain; raises ``ChainUnavailable``."""
    return edge.house.port(Vaults).of(chain, field)


def _asset(edge: Edge, chain: str, field: str = "chain") -> Asset:
    """What is counted on a chain that is connected; raises ``ChainUnavailable``."""
    return asset_on(chain) if chain == CHAIN else _vault(edge, chain, field).asset


def _seen(edge: Edge, wallet: str | None) -> str:
    """The wallet that is asked for; raises ``WalletForeign`` for another's, unless the caller sees any."""
    return wallet if wallet is not None and edge.caller.may(SEE_ANY) else service.own(edge.caller.id, wallet)
