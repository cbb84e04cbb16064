"""Wire shapes of the ledger, and how an amount travels: a decimal string, exact.

A request may also write a JSON number; ``ExactNumbers`` (``routes.py``) hands its text on, so nothing is rounded.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from harmony.kernel.errors import Refusal
from harmony.kernel.money import PRACTICE_USDC, Amount, decimal, parse
from harmony.kernel.paging import CursorInvalid, decode_cursor, encode_cursor
from harmony.settlement.ledger.model import Balance, Posted, Proof, Statement

EXPONENT_LIMIT = 20
"""A JSON number may be written with an exponent, within reason: 1e2 is 100, 1e999999 is refused unexpanded."""
DIGITS_LIMIT = 40
CURSOR_DIGITS_LIMIT = 18


def exact_number(text: str) -> Decimal | float:
    """A JSON number with all its digits, or, beyond what an amount can be, as a float that is none.

    A ``Decimal`` of a few characters can stand for a number of a hundred million digits, and whoever turns it into an
    int, as the check of any whole-number field does, writes them all out.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent that not even a Decimal can hold
        return float(text)
    return number if _worth_writing_out(number) else float(text)


def exact_usdc(value: object) -> str:
    """A decimal string or an exact number as a plain decimal with six decimals; ``ValueError`` for anything else."""
    try:
        return decimal(parse(_plain(value), PRACTICE_USDC))
    except Refusal as refusal:
        raise ValueError(refusal.message) from refusal


def _plain(value: object) -> str:
    """The number without an exponent; empty, which is no amount, for what is not worth writing out."""
    if isinstance(value, Decimal):
        return format(value, "f") if _worth_writing_out(value) else ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**EXPONENT_LIMIT else ""
    return value if isinstance(value, str) else ""


def _worth_writing_out(number: Decimal) -> bool:
    small = number.is_finite() and abs(number.adjusted()) <= EXPONENT_LIMIT
    return small and len(number.as_tuple().digits) <= DIGITS_LIMIT


UsdcText = Annotated[
    str,
    BeforeValidator(exact_usdc),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,6})?$"},
                {"type": "number", "minimum": 0, "maximum": 1000000000, "multipleOf": 0.000001},
            ],
            "description": "USDC with at most 6 decimals; never rounded.",
            "examples": ["20.00"],
        }
    ),
]
"""An amount in a request; validated to the canonical decimal string."""

PrincipalId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:@-]+$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Grant(Body):
    principal: PrincipalId
    amount_usdc: UsdcText


class Granted(BaseModel):
    transfer_id: str
    principal: str
    amount_usdc: str
    asset: str


class BalanceView(BaseModel):
    asset: str
    book: str
    available: str = Field(description="What can be spent: a decimal string with all decimals of the asset.")
    held: str = Field(description="What is reserved by pending transfers.")


class Balances(BaseModel):
    principal: str
    account: str
    balances: list[BalanceView]


class EntryView(BaseModel):
    revision: int
    id: str
    kind: str
    counterpart: str
    moved: str = Field(description="Into the account; out of it below zero.")
    held: str = Field(description="Newly reserved to leave; freed below zero.")
    balance: str = Field(description="After this entry, without what is reserved.")
    purpose: str
    reference: str
    posted_at: str


class StatementView(BaseModel):
    account: str
    asset: str
    revision: int = Field(description="The last sealed revision that counts; the statement of it never changes.")
    opening: str = Field(description="Before the first entry of the whole statement.")
    closing: str = Field(description="After the last entry of the whole statement.")
    entries: list[EntryView]
    next_cursor: str | None


class FaultView(BaseModel):
    kind: str
    subject: str
    message: str


class TotalView(BaseModel):
    asset: str
    debits_posted: str
    credits_posted: str
    debits_pending: str
    credits_pending: str
    balanced: bool


class ProofView(BaseModel):
    ok: bool
    faults: list[FaultView]
    totals: list[TotalView]
    accounts: int
    transfers: int
    unsealed: int
    last_seal: int = Field(description="The last sealed position; 0 before the first block.")
    last_hash: str = Field(description="The hash of the last block; keep it elsewhere to compare.")


def granted(posted: Posted, principal_id: str) -> Granted:
    amount = Amount(posted.amount_minor, PRACTICE_USDC)
    return Granted(transfer_id=posted.id, principal=principal_id, amount_usdc=decimal(amount), asset=PRACTICE_USDC.code)


def balances_view(principal_id: str, account: str, found: list[Balance]) -> Balances:
    views = [
        BalanceView(
            asset=balance.asset.code,
            book=balance.book,
            available=decimal(balance.available),
            held=decimal(balance.held),
        )
        for balance in found
    ]
    return Balances(principal=principal_id, account=account, balances=views)


def proof_view(proof: Proof) -> ProofView:
    def text(minor: int, total: Any) -> str:
        return decimal(Amount(minor, total.asset))

    totals = [
        TotalView(
            asset=total.asset.code,
            debits_posted=text(total.debits_posted, total),
            credits_posted=text(total.credits_posted, total),
            debits_pending=text(total.debits_pending, total),
            credits_pending=text(total.credits_pending, total),
            balanced=total.balanced,
        )
        for total in proof.totals
    ]
    return ProofView(
        ok=proof.ok,
        faults=[FaultView(kind=fault.kind, subject=fault.subject, message=fault.message) for fault in proof.faults],
        totals=totals,
        accounts=proof.accounts,
        transfers=proof.transfers,
        unsealed=proof.unsealed,
        last_seal=proof.last_seal,
        last_hash=proof.last_hash,
    )


def statement_view(found: Statement) -> StatementView:
    def text(minor: int) -> str:
        return decimal(Amount(minor, found.asset))

    entries = [
        EntryView(
            revision=entry.seal,
            id=entry.row.id,
            kind=entry.row.kind,
            counterpart=entry.row.credit if entry.row.debit == found.code else entry.row.debit,
            moved=text(entry.moved),
            held=text(entry.held),
            balance=text(entry.balance),
            purpose=entry.row.purpose,
            reference=entry.row.reference,
            posted_at=entry.row.posted_at.isoformat(),
        )
        for entry in found.entries
    ]
    return StatementView(
        account=found.code,
        asset=found.asset.code,
        revision=found.revision,
        opening=decimal(found.opening),
        closing=decimal(found.closing),
        entries=entries,
        next_cursor=None if found.following is None else encode_cursor(f"{found.revision}.{found.following}"),
    )


def statement_cursor(cursor: str) -> tuple[int, int]:
    """The revision and the position inside a cursor; raises ``CursorInvalid``."""
    first, _, second = str(decode_cursor(cursor)).partition(".")
    if not (first.isascii() and first.isdecimal() and second.isascii() and second.isdecimal()):
        raise CursorInvalid("the cursor cannot be read", field="cursor")
    if max(len(first), len(second)) > CURSOR_DIGITS_LIMIT:
        raise CursorInvalid("the cursor cannot be read", field="cursor")
    return int(first), int(second)
