"""The ledger's nouns: accounts, four kinds of transfer, seals and blocks, and what a proof says. Pure.

Terms of the trade: a debit takes from an account that holds money, a credit gives to it. A two-phase transfer is
``Pending`` (reserved), then posted in full or part, voided, or timed out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from harmony.kernel.money import Amount, Asset, Book
from harmony.settlement.ledger.errors import TransferInvalid

BATCH_LIMIT_TRANSFERS = 100
SEAL_LIMIT_TRANSFERS = 1_000
EXPIRE_LIMIT_TRANSFERS = 500
FAULTS_LIMIT = 100
ID_LIMIT_CHARS = 200
PURPOSE_LIMIT_CHARS = 100
REFERENCE_LIMIT_CHARS = 200

Rule = Literal["debits_within_credits", "credits_within_debits", "unlimited"]
Kind = Literal["transfer", "pending", "post", "void", "expire"]

COMMISSION = "platform:commission"
ESCROW_FEES = "platform:escrow-fees"
MAINTENANCE = "fund:maintenance"
GOVERNANCE = "fund:governance"

GENESIS = bytes(32)
"""What the first block follows."""


@dataclass(frozen=True, slots=True)
class Account:
    """A place for one asset. The rule says which side may never exceed the other; an issuer's is ``unlimited``."""

    code: str
    asset: Asset
    rule: Rule = "debits_within_credits"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Moves ``amount`` from the account ``debit`` to the account ``credit`` at once. ``id`` is the client's."""

    id: str
    debit: str
    credit: str
    amount: Amount
    purpose: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """Reserves ``amount``; after ``expires_at`` (None: never) it cannot be posted and a job frees it."""

    id: str
    debit: str
    credit: str
    amount: Amount
    purpose: str
    reference: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Moves a pending transfer: all of it, or ``amount`` of it; the rest is freed."""

    id: str
    pending_id: str
    purpose: str
    amount: Amount | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Void:
    """Frees a pending transfer. ``timed_out`` is the job's: refused before the time is over."""

    id: str
    pending_id: str
    purpose: str
    reference: str = ""
    timed_out: bool = False


Move: TypeAlias = Transfer | Pending | Post | Void


@dataclass(frozen=True, slots=True)
class Posted:
    """One transfer's answer; ``repeated`` when an earlier post had the effect."""

    id: str
    amount_minor: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """An account's running sums in minor units."""

    code: str
    asset: Asset
    debits_pending: int
    debits_posted: int
    credits_pending: int
    credits_posted: int

    @property
    def available(self) -> Amount:
        """What may leave an account that holds money: posted credits without posted and reserved debits."""
        return Amount(self.credits_posted - self.debits_posted - self.debits_pending, self.asset)

    @property
    def held(self) -> Amount:
        """What is reserved to leave."""
        return Amount(self.debits_pending, self.asset)

    @property
    def book(self) -> Book:
        return self.asset.book


@dataclass(frozen=True, slots=True)
class Row:
    """A transfer as it is stored: every field is part of its digest."""

    position: int
    id: str
    kind: Kind
    debit: str
    credit: str
    asset: str
    amount: int
    released: int
    pending_id: str | None
    expires_at: datetime | None
    purpose: str
    reference: str
    actor: str
    trace: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Seal:
    """A transfer's place in the chain."""

    seal: int
    position: int
    block: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """Seals ``first_seal`` to ``last_seal``; ``hash`` covers their digests and the block before."""

    number: int
    first_seal: int
    last_seal: int
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the proof found wrong: ``subject`` names the row."""

    kind: Literal["totals", "balance", "altered", "removed", "reordered", "chain", "unsealed"]
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over all accounts of one asset, in minor units."""

    asset: Asset
    debits_pending: int
    debits_posted: int
    credits_pending: int
    credits_posted: int

    @property
    def balanced(self) -> bool:
        return self.debits_posted == self.credits_posted and self.debits_pending == self.credits_pending


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof recomputed. ``last_seal`` and ``last_hash`` name the end of the chain that it covers."""

    ok: bool
    faults: tuple[Fault, ...]
    totals: tuple[Total, ...]
    accounts: int
    transfers: int
    unsealed: int
    last_seal: int
    last_hash: str


def available(principal_id: str) -> str:
    """The account of what a principal may spend."""
    return f"principal:{principal_id}:available"


def issuer(asset: Asset) -> str:
    """The account that an asset comes from; it may go as far below zero as has been issued."""
    return f"issuer:{asset.code}"


def check(moves: Sequence[Move]) -> None:
    """Raise ``TransferInvalid`` for what no database need be asked about."""
    if not 1 <= len(moves) <= BATCH_LIMIT_TRANSFERS:
        raise TransferInvalid(f"a batch has 1 to {BATCH_LIMIT_TRANSFERS} transfers", field="transfers")
    for move in moves:
        if not 1 <= len(move.id) <= ID_LIMIT_CHARS or len(move.reference) > REFERENCE_LIMIT_CHARS:
            raise TransferInvalid(f"an id has 1 to {ID_LIMIT_CHARS} characters", field="id")
        if not 1 <= len(move.purpose) <= PURPOSE_LIMIT_CHARS:
            raise TransferInvalid(f"a purpose has 1 to {PURPOSE_LIMIT_CHARS} characters", field="purpose")
        if not isinstance(move, Void) and move.amount is not None and move.amount.minor <= 0:
            raise TransferInvalid("an amount is above zero", field="amount")
        if isinstance(move, Transfer | Pending) and move.debit == move.credit:
            raise TransferInvalid("the two accounts are the same", field="credit")


def wire(move: Move) -> dict[str, object]:
    """The move as ``ledger_post`` reads it."""
    common: dict[str, object] = {"id": move.id, "purpose": move.purpose, "reference": move.reference}
    match move:
        case Transfer(debit=debit, credit=credit, amount=amount):
            parts = {"kind": "transfer", "debit": debit, "credit": credit, **_amount(amount)}
        case Pending(debit=debit, credit=credit, amount=amount, expires_at=expires_at):
            parts = {"kind": "pending", "debit": debit, "credit": credit, **_amount(amount)}
            parts |= {"expires_at": expires_at.isoformat()} if expires_at else {}
        case Post(pending_id=pending_id, amount=part):
            parts = {"kind": "post", "pending_id": pending_id} | ({} if part is None else {"amount": part.minor})
        case Void(pending_id=pending_id, timed_out=timed_out):
            parts = {"kind": "expire" if timed_out else "void", "pending_id": pending_id}
    return common | parts


def digest(row: Row, seal: int) -> bytes:
    """The digest of a transfer at its place in the chain: SHA-256 over its fields as canonical JSON."""
    fields = [seal, row.position, row.id, row.kind, row.debit, row.credit, row.asset, row.amount, row.released]
    fields += [row.pending_id, _instant(row.expires_at), row.purpose, row.reference, row.actor, row.trace]
    fields += [_instant(row.posted_at)]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def block_hash(previous_hash: bytes, number: int, digests: Iterable[bytes]) -> bytes:
    """What binds a block to the one before and to its transfers in their order."""
    together = hashlib.sha256(previous_hash + number.to_bytes(8))
    for one in digests:
        together.update(one)
    return together.digest()


def make_block(before: Block | None, rows: Sequence[Row]) -> tuple[Block, list[Seal]]:
    """The block that follows ``before`` and holds ``rows`` (at least one) in their order."""
    number, first = (before.number + 1, before.last_seal + 1) if before else (1, 1)
    previous_hash = before.hash if before else GENESIS
    seals = [Seal(seal, row.position, number, digest(row, seal)) for seal, row in enumerate(rows, start=first)]
    hashed = block_hash(previous_hash, number, (seal.digest for seal in seals))
    return Block(number, first, seals[-1].seal, previous_hash, hashed), seals


def check_block(before: Block | None, block: Block, sealed: Sequence[tuple[Seal, Row | None]]) -> list[Fault]:
    """What is wrong with ``block``, given the block before and its seals in order with their transfers."""
    faults: list[Fault] = []
    name = f"block {block.number}"
    number, first = (before.number + 1, before.last_seal + 1) if before else (1, 1)
    if (block.number, block.first_seal) != (number, first):
        faults.append(Fault("chain", name, f"expected block {number} beginning at seal {first}"))
    if block.previous_hash != (before.hash if before else GENESIS):
        faults.append(Fault("chain", name, "does not follow the block before it"))
    missing = sorted(set(range(block.first_seal, block.last_seal + 1)) - {seal.seal for seal, _ in sealed})
    faults += [Fault("removed", f"seal {seal}", f"is missing from {name}") for seal in missing[:FAULTS_LIMIT]]
    numbers = [seal.seal for seal, _ in sealed]
    digests = {seal.digest for seal, _ in sealed}
    for seal, row in sealed:
        faults += _check_seal(block, seal, row, lambda row: any(digest(row, number) in digests for number in numbers))
    if block.hash != block_hash(block.previous_hash, block.number, (seal.digest for seal, _ in sealed)):
        faults.append(Fault("chain", name, "its hash does not cover its transfers"))
    return faults


def _check_seal(block: Block, seal: Seal, row: Row | None, moved: Callable[[Row], bool]) -> list[Fault]:
    if row is None:
        return [Fault("removed", f"position {seal.position}", f"the transfer of seal {seal.seal} is gone")]
    name = f"transfer {row.id}"
    if seal.block != block.number:
        return [Fault("reordered", name, f"seal {seal.seal} claims block {seal.block}, lies in {block.number}")]
    if seal.digest != digest(row, seal.seal):
        if moved(row):
            return [Fault("reordered", name, f"was sealed at another place of block {block.number}")]
        return [Fault("altered", name, f"position {row.position} is not what was sealed as {seal.seal}")]
    return []


def _amount(amount: Amount) -> dict[str, object]:
    return {"amount": amount.minor, "asset": amount.asset.code}


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
