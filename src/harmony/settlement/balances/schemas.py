"""Wire shapes of the shadow balances: the specification's fields; amounts are decimal strings, exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from harmony.kernel.money import PRACTICE_USDC, Amount, decimal
from harmony.settlement.balances.model import (
    AUTO_THRESHOLD,
    CHAIN,
    GAS_FEE,
    REQUEST_PRICE,
    SETTLE_LIMIT_WALLETS,
    WITHDRAWAL_LEAST,
    Deposit,
    Settlement,
    asset_on,
)
from harmony.settlement.balances.service import Standing
from harmony.settlement.balances.vaults import Claim, Epoch
from harmony.settlement.ledger.model import Row
from harmony.settlement.ledger.schemas import Body, PrincipalId, UsdcText

TRACKING_PATH = "/api/v1/harmony/whisperer/settlement/{}/status"
EPOCH_PATH = "/api/v1/harmony/whisperer/epochs/{}/{}/data"
CHAIN_PATTERN = r"^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$"
ChainName = Annotated[str, Field(pattern=CHAIN_PATTERN, max_length=41, description="By CAIP-2, as in eip155:8453.")]
ChainPath = Annotated[str, Path(pattern=r"^[-_a-zA-Z0-9:]{1,41}$")]
EPOCH_LIMIT_DIGITS = 18
EpochPath = Annotated[str, Path(pattern=r"^[-_a-zA-Z0-9]{1,50}$", description="A whole number, counted from 1.")]
TYPES = {"shadow.deposit": "deposit", "shadow.meter": "debit", "shadow.settlement": "settlement"}


class DepositBody(Body):
    wallet_address: PrincipalId | None = Field(default=None, description="Your own id; may be left out.")
    amount_usdc: UsdcText
    chain: str = Field(default=CHAIN, min_length=1, max_length=50)
    deposit_tx_hash: str | None = Field(default=None, max_length=200, description="Left out on the chain `ledger`.")
    wallet_signature: str | None = Field(
        default=None,
        max_length=200,
        description="On a chain, with the first deposit of a wallet: the message of `wallet`, signed (personal_sign).",
    )


class Deposited(BaseModel):
    deposit_id: str
    amount_deposited: str
    previous_balance: str
    new_balance: str
    chain: str
    deposit_tx_hash: str
    confirmations: int
    verified: bool
    estimated_requests: int = Field(description="Calls of 0.10 USDC that the amount pays for.")
    created_at: str


class WalletView(BaseModel):
    chain: str
    vault: str
    token: str
    address: str | None = Field(description="The wallet that is bound; null before the first.")
    message: str = Field(description="What a wallet signs (personal_sign) to be bound.")


class EpochView(BaseModel):
    chain: str
    vault: str
    epoch: int
    root: str
    total_usdc: str
    paid_usdc: str
    tx: str | None
    published_at: str | None
    data_url: str


class SettlementInfo(BaseModel):
    next_auto_settlement_threshold: str
    estimated_gas_fee_usdc: str
    can_withdraw: bool
    min_withdrawal: str


class TransactionView(BaseModel):
    id: int
    type: str
    amount: str = Field(description="Below zero what left the balance.")
    balance_before: str
    balance_after: str
    description: str
    reference: str
    timestamp: str


class BalanceView(BaseModel):
    wallet_address: str
    asset: str
    shadow_balance_usdc: str
    pending_debits_usdc: str
    available_balance_usdc: str
    on_chain_deposits_total: str = Field(description="All deposits, those of the chain `ledger` among them.")
    off_chain_spent_total: str
    settlement_info: SettlementInfo
    recent_transactions: list[TransactionView]


class WithdrawBody(Body):
    wallet_address: PrincipalId | None = Field(default=None, description="Your own id; may be left out.")
    amount_usdc: UsdcText
    destination_chain: str = Field(default=CHAIN, min_length=1, max_length=50)


class SettlementPlan(BaseModel):
    chain: str
    estimated_gas_fee: str
    net_amount: str
    estimated_confirmation_time: int = Field(description="Seconds.")


class Withdrawn(BaseModel):
    settlement_id: str
    withdrawal_amount: str
    balance_before: str
    balance_after: str
    status: str
    settlement: SettlementPlan
    tracking_url: str


class SettlementDetails(BaseModel):
    wallet: str
    amount_settled: str
    chain: str
    tx: str | None
    gas_fee_usdc: str
    net_amount: str
    confirmations: int
    batch_id: str | None
    included_transactions: int | None
    destination: str | None = Field(description="On a chain: the wallet that is paid.")
    kept_by_vault: bool = Field(description="The token refused the payment; the vault keeps it (its `claim`).")


class TimelineStep(BaseModel):
    stage: str
    timestamp: str


class SettlementStatus(BaseModel):
    settlement_id: str
    status: str
    settlement_type: str
    details: SettlementDetails
    timeline: list[TimelineStep]
    shadow_balance_updated: bool
    completed_at: str | None


class Pagination(BaseModel):
    limit: int
    offset: int
    total: int
    has_more: bool


class HistorySummary(BaseModel):
    total_deposits: str
    total_debits: str
    total_withdrawals: str
    current_balance: str


class History(BaseModel):
    transactions: list[TransactionView]
    pagination: Pagination
    summary: HistorySummary


class Criteria(Body):
    min_balance: UsdcText = Field(default=decimal(AUTO_THRESHOLD), description="At least the smallest withdrawal.")
    max_settlements: int = Field(default=SETTLE_LIMIT_WALLETS, ge=1, le=SETTLE_LIMIT_WALLETS)
    chains: list[str] = Field(default_factory=lambda: [CHAIN], min_length=1, max_length=10)


class BatchSettleBody(Body):
    settlement_criteria: Criteria = Field(default_factory=Criteria)


class BatchStarted(BaseModel):
    settlements_initiated: int
    total_amount_usdc: str
    estimated_gas_fee_usdc: str
    by_chain: dict[str, int]
    settlement_ids: list[str]


def deposited(made: Deposit) -> Deposited:
    return Deposited(
        deposit_id=made.id,
        amount_deposited=decimal(made.amount),
        previous_balance=decimal(made.previous),
        new_balance=decimal(made.balance),
        chain=CHAIN,
        deposit_tx_hash=made.transfer_id,
        confirmations=0,
        verified=True,
        estimated_requests=made.amount.minor // REQUEST_PRICE.minor,
        created_at=made.created_at.isoformat(),
    )


def claimed(made: Claim, confirmations: int) -> Deposited:
    return Deposited(
        deposit_id=made.id,
        amount_deposited=decimal(made.amount),
        previous_balance=decimal(made.previous),
        new_balance=decimal(made.previous + made.amount),
        chain=made.chain,
        deposit_tx_hash=made.tx_hash,
        confirmations=confirmations,
        verified=True,
        estimated_requests=made.amount.minor // REQUEST_PRICE.minor,
        created_at=made.created_at.isoformat(),
    )


def epoch_view(found: Epoch, vault: str) -> EpochView:
    asset = asset_on(found.chain)
    return EpochView(
        chain=found.chain,
        vault=vault,
        epoch=found.number,
        root=f"0x{found.root.hex()}",
        total_usdc=decimal(Amount(found.total, asset)),
        paid_usdc=decimal(Amount(found.paid, asset)),
        tx=found.tx_hash,
        published_at=None if found.published_at is None else found.published_at.isoformat(),
        data_url=EPOCH_PATH.format(found.chain, found.number),
    )


def balance_view(found: Standing, recent: Sequence[tuple[Row, int, int]]) -> BalanceView:
    return BalanceView(
        wallet_address=found.wallet,
        asset=found.posted.asset.code,
        shadow_balance_usdc=decimal(found.posted),
        pending_debits_usdc=decimal(found.held),
        available_balance_usdc=decimal(found.free),
        on_chain_deposits_total=decimal(found.deposited),
        off_chain_spent_total=decimal(found.spent),
        settlement_info=SettlementInfo(
            next_auto_settlement_threshold=decimal(AUTO_THRESHOLD),
            estimated_gas_fee_usdc=decimal(GAS_FEE),
            can_withdraw=found.free.minor >= WITHDRAWAL_LEAST.minor,
            min_withdrawal=decimal(WITHDRAWAL_LEAST),
        ),
        recent_transactions=transactions(recent),
    )


def transactions(found: Sequence[tuple[Row, int, int]]) -> list[TransactionView]:
    def text(minor: int) -> str:
        return decimal(Amount(minor, PRACTICE_USDC))

    return [
        TransactionView(
            id=row.position,
            type=TYPES.get(row.purpose, "debit" if moved < 0 else "credit"),
            amount=text(moved),
            balance_before=text(balance - moved),
            balance_after=text(balance),
            description=row.reference,
            reference=row.id,
            timestamp=row.posted_at.isoformat(),
        )
        for row, moved, balance in found
    ]


def withdrawn(begun: Settlement) -> Withdrawn:
    return Withdrawn(
        settlement_id=begun.id,
        withdrawal_amount=decimal(begun.amount),
        balance_before=decimal(begun.before),
        balance_after=decimal(begun.left),
        status=begun.status,
        settlement=SettlementPlan(
            chain=begun.chain,
            estimated_gas_fee=decimal(GAS_FEE),
            net_amount=decimal(begun.amount),
            estimated_confirmation_time=CONFIRMATION_SECONDS if begun.chain == CHAIN else EPOCH_WAIT_SECONDS,
        ),
        tracking_url=TRACKING_PATH.format(begun.id),
    )


CONFIRMATION_SECONDS = 5
"""On the chain `ledger`: the job pays every two seconds."""
EPOCH_WAIT_SECONDS = 60 + 600
"""On a chain: at most a minute to the next epoch, and the depth at which Base's blocks count as final."""


def settlement_status(found: Settlement) -> SettlementStatus:
    timeline = [TimelineStep(stage="initiated", timestamp=found.initiated_at.isoformat())]
    if found.confirmed_at is not None:
        paid = found.confirmed_at.isoformat()
        timeline += [TimelineStep(stage=stage, timestamp=paid) for stage in ("tx_submitted", "confirmed")]
    return SettlementStatus(
        settlement_id=found.id,
        status=found.status,
        settlement_type=found.kind,
        details=SettlementDetails(
            wallet=found.wallet,
            amount_settled=decimal(found.amount),
            chain=found.chain,
            tx=found.transfer_id,
            gas_fee_usdc=decimal(GAS_FEE),
            net_amount=decimal(found.amount),
            confirmations=0,
            batch_id=found.batch_id,
            included_transactions=found.included,
            destination=found.destination,
            kept_by_vault=found.kept,
        ),
        timeline=timeline,
        shadow_balance_updated=True,
        completed_at=None if found.confirmed_at is None else found.confirmed_at.isoformat(),
    )


def history(
    found: Sequence[tuple[Row, int, int]], total: int, limit: int, offset: int, standing: Standing, settled: Amount
) -> History:
    return History(
        transactions=transactions(found),
        pagination=Pagination(limit=limit, offset=offset, total=total, has_more=offset + len(found) < total),
        summary=HistorySummary(
            total_deposits=decimal(standing.deposited),
            total_debits=decimal(standing.spent),
            total_withdrawals=decimal(settled),
            current_balance=decimal(standing.posted),
        ),
    )


def batch_started(begun: Sequence[Settlement]) -> BatchStarted:
    total = sum(one.amount.minor for one in begun)
    return BatchStarted(
        settlements_initiated=len(begun),
        total_amount_usdc=decimal(Amount(total, PRACTICE_USDC)),
        estimated_gas_fee_usdc=decimal(GAS_FEE),
        by_chain={
            chain: [one.chain for one in begun].count(chain) for chain in {one.chain for one in begun} or {CHAIN}
        },
        settlement_ids=[one.id for one in begun],
    )
