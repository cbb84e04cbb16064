"""Wire shapes of the shadow balances: the specification's fields; amounts are decimal strings, exact."""

from __future__ import annotations

from collections.abc import Sequence

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
)
from harmony.settlement.balances.service import Standing
from harmony.settlement.ledger.model import Row
from harmony.settlement.ledger.schemas import Body, PrincipalId, UsdcText

TRACKING_PATH = "/api/v1/harmony/whisperer/settlement/{}/status"
TYPES = {"shadow.deposit": "deposit", "shadow.meter": "debit", "shadow.settlement": "settlement"}


class DepositBody(Body):
    wallet_address: PrincipalId | None = Field(default=None, description="Your own id; may be left out.")
    amount_usdc: UsdcText
    chain: str = Field(default=CHAIN, min_length=1, max_length=50)
    deposit_tx_hash: str | None = Field(default=None, max_length=200, description="Left out on the chain `ledger`.")


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


def balance_view(found: Standing, recent: Sequence[tuple[Row, int, int]]) -> BalanceView:
    return BalanceView(
        wallet_address=found.wallet,
        asset=PRACTICE_USDC.code,
        shadow_balance_usdc=decimal(found.posted),
        pending_debits_usdc=decimal(found.held),
        available_balance_usdc=decimal(found.free),
        on_chain_deposits_total=decimal(found.deposited),
        off_chain_spent_total=decimal(found.spent),
        settlement_info=SettlementInfo(
            next_auto_settlement_threshold=decimal(AUTO_THRESHOLD),
            estimated_gas_fee_usdc=decimal(GAS_FEE),
            can_withdraw=found.free >= WITHDRAWAL_LEAST,
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
            chain=CHAIN,
            estimated_gas_fee=decimal(GAS_FEE),
            net_amount=decimal(begun.amount - GAS_FEE),
            estimated_confirmation_time=CONFIRMATION_SECONDS,
        ),
        tracking_url=TRACKING_PATH.format(begun.id),
    )


CONFIRMATION_SECONDS = 5
"""On the chain `ledger`: the job pays every two seconds."""


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
            chain=CHAIN,
            tx=found.transfer_id,
            gas_fee_usdc=decimal(GAS_FEE),
            net_amount=decimal(found.amount - GAS_FEE),
            confirmations=0,
            batch_id=found.batch_id,
            included_transactions=found.included,
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
        by_chain={CHAIN: len(begun)},
        settlement_ids=[one.id for one in begun],
    )
