"""Shadow balances: whose account, what leaves it, in which states, within which limits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.balances.errors import AmountOutOfRange, ChainUnavailable, SettlementWrongState
from harmony.settlement.ledger.model import BATCH_LIMIT_TRANSFERS, Move, Post, Transfer, available

CHAIN = "ledger"
METERING = "platform:metering"
SETTLING = "shadow-settling:ledger"
"""Where a batch gathers what it pays out; empty before and after each."""
ACCOUNT_PREFIX = "shadow:"

DEPOSIT_LEAST = Amount(1, PRACTICE_USDC)
DEPOSIT_LIMIT = Amount(100_000_000_000, PRACTICE_USDC)
"""One deposit is at most 100,000 USDC."""
WITHDRAWAL_LEAST = Amount(1_000_000, PRACTICE_USDC)
"""1.00 USDC (specification, sample of the balance call)."""
AUTO_THRESHOLD = Amount(1_000_000_000, PRACTICE_USDC)
"""1,000 USDC (specification, A section 5)."""
GAS_FEE = Amount(0, PRACTICE_USDC)
"""Nothing is paid for a move inside the ledger."""
REQUEST_PRICE = Amount(100_000, PRACTICE_USDC)
"""0.10 USDC, the specification's example of a call."""
BATCH_LIMIT_SETTLEMENTS = 50
"""In one payment; with a transfer an owner that stays within a chain of the ledger."""
SETTLE_LIMIT_WALLETS = 100
HISTORY_LIMIT_ITEMS = 200
HISTORY_LIMIT_OFFSET = 10_000

SettlementType = Literal["withdrawal", "auto_threshold", "force_settle", "dispute_refund"]
Status = Literal["pending_settlement", "confirmed"]
Step = Literal["pay"]
STATUSES: tuple[Status, ...] = get_args(Status)
STEPS: Mapping[tuple[Status, Step], Status] = {("pending_settlement", "pay"): "confirmed"}
"""All there are. The one state that holds money is left by a job, which needs nobody."""


def after(status: Status, step: Step) -> Status:
    """The state that ``step`` leads to; raises ``SettlementWrongState``."""
    found = STEPS.get((status, step))
    if found is None:
        raise SettlementWrongState(f"a settlement that is {status} cannot {step}", details={"status": status})
    return found


@dataclass(frozen=True, slots=True)
class Deposit:
    id: str
    wallet: str
    amount: Amount
    previous: Amount
    transfer_id: str
    created_at: datetime

    @property
    def balance(self) -> Amount:
        return self.previous + self.amount


@dataclass(frozen=True, slots=True)
class Settlement:
    """``before`` is what was free when it was asked for. ``included`` is how many were paid to the owner as one."""

    id: str
    wallet: str
    kind: SettlementType
    status: Status
    before: Amount
    amount: Amount
    initiated_at: datetime
    trace: str
    batch_id: str | None = None
    transfer_id: str | None = None
    included: int | None = None
    confirmed_at: datetime | None = None

    @property
    def left(self) -> Amount:
        return self.before - self.amount


def account(wallet: str) -> str:
    """The ledger's account of a principal's shadow balance."""
    return f"{ACCOUNT_PREFIX}{wallet}"


def wallet_of(code: str) -> str:
    return code.removeprefix(ACCOUNT_PREFIX)


def hold_id(settlement_id: str) -> str:
    return f"{settlement_id}:hold"


def paid_id(settlement_id: str) -> str:
    return f"{settlement_id}:paid"


def id_of_day(day: date, wallet: str) -> str:
    """The automatic settlement of a wallet: there is one a day."""
    return f"settlement-{day.isoformat()}-{wallet}"


def require_chain(chain: str, field: str) -> None:
    """Raise ``ChainUnavailable`` for what is not the ledger itself."""
    if chain != CHAIN:
        raise ChainUnavailable("this chain is not connected", field=field, details={"chains": [CHAIN]})


def require_within(amount: Amount, least: Amount, most: Amount | None, field: str) -> None:
    """Raise ``AmountOutOfRange``."""
    if amount < least or (most is not None and most < amount):
        upper = f" and at most {most}" if most is not None else ""
        raise AmountOutOfRange(f"the amount is at least {least}{upper}", field=field)


def netted(settlements: Iterable[Settlement]) -> dict[str, Amount]:
    """What each owner is paid in all, owners in order."""
    sums: dict[str, Amount] = {}
    for one in settlements:
        sums[one.wallet] = sums[one.wallet] + one.amount if one.wallet in sums else one.amount
    return dict(sorted(sums.items()))


def payment(batch_id: str, settlements: Sequence[Settlement]) -> list[Move]:
    """The chain that pays a batch: every hold is posted, then each owner is paid once."""
    if not 1 <= len(settlements) <= BATCH_LIMIT_SETTLEMENTS <= BATCH_LIMIT_TRANSFERS // 2:
        raise AmountOutOfRange(f"a batch has 1 to {BATCH_LIMIT_SETTLEMENTS} settlements", field="settlements")
    moves: list[Move] = [
        Post(paid_id(one.id), hold_id(one.id), "shadow.settlement", reference=one.id) for one in settlements
    ]
    for number, (wallet, amount) in enumerate(netted(settlements).items(), start=1):
        move_id = f"{batch_id}:{number}"
        moves.append(Transfer(move_id, SETTLING, available(wallet), amount, "shadow.payout", batch_id))
    return moves
