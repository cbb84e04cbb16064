"""The ledger's nouns: accounts, five kinds of move, seals and blocks, and what a proof says. Pure.

Terms of the trade: a debit takes from an account that holds money, a credit gives to it. A two-phase transfer is
``Pending`` (reserved), then posted in parts or at once, voided, or timed out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from harmony.kernel.money import ASSETS, USDC, Amount, Asset, Book
from harmony.settlement.ledger.errors import TransferInvalid

BATCH_LIMIT_TRANSFERS = 100
SEAL_LIMIT_TRANSFERS = 1_000
EXPIRE_LIMIT_TRANSFERS = 500
FAULTS_LIMIT = 100
ID_LIMIT_CHARS = 200
PURPOSE_LIMIT_CHARS = 100
REFERENCE_LIMIT_CHARS = 200
EXPORT_CHUNK_TRANSFERS = 500

Rule = Literal["debits_within_credits", "credits_within_debits", "unlimited"]
Kind = Literal["transfer", "pending", "part", "post", "void", "expire"]

COMMISSION = "platform:commission"
ESCROW_FEES = "platform:escrow-fees"
MAINTENANCE = "fund:maintenance"
GOVERNANCE = "fund:governance"

_CHAIN = re.compile(r"[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}\Z")

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
class Part:
    """Moves ``amount`` of what is left of a pending transfer; the rest stays reserved."""

    id: str
    pending_id: str
    purpose: str
    amount: Amount
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Ends a pending transfer: moves all that is left of it, or ``amount`` of that; the rest is freed."""

    id: str
    pending_id: str
    purpose: str
    amount: Amount | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Void:
    """Frees what is left of a pending transfer. ``timed_out`` is the job's: refused before the time is over."""

    id: str
    pending_id: str
    purpose: str
    reference: str = ""
    timed_out: bool = False


Move: TypeAlias = Transfer | Pending | Part | Post | Void


@dataclass(frozen=True, slots=True)
class Order:
    """A chain of moves that succeeds or fails whole, with whose it is."""

    moves: tuple[Move, ...]
    actor: str
    trace: str


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

    kind: Literal["totals", "balance", "reservation", "altered", "removed", "reordered", "chain", "unsealed"]
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed transfer as an account sees it: ``moved`` into it (out of it below zero), ``held`` newly reserved to
    leave it (freed below zero), ``balance`` after it; minor units."""

    row: Row
    seal: int
    moved: int
    held: int
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A page of an account's entries. ``opening`` and ``closing`` are those of the whole statement.

    It is reproducible: only what was sealed up to ``revision`` counts. ``following`` is the position after which the
    next page begins, None on the last.
    """

    code: str
    asset: Asset
    revision: int
    opening: Amount
    closing: Amount
    entries: tuple[Entry, ...]
    following: int | None


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


def usdc_on(chain: str) -> Asset:
    """The USDC of a chain named as CAIP-2 does (``eip155:8453``): an asset and a book of its own."""
    if not _CHAIN.match(chain):
        raise TransferInvalid("a chain is named as CAIP-2 does, such as eip155:8453", field="chain")
    return Asset(f"{USDC.code}:{chain}", USDC.scale, USDC.book)


def asset_of(code: str) -> Asset:
    """The asset of a code that is stored."""
    return ASSETS[code] if code in ASSETS else usdc_on(code.removeprefix(f"{USDC.code}:"))


def check(moves: Sequence[Move]) -> None:
    """Raise ``TransferInvalid`` for what no database need be asked about."""
    if not 1 <= len(moves) <= BATCH_LIMIT_TRANSFERS:
        raise TransferInvalid(f"a batch has 1 to {BATCH_LIMIT_TRANSFERS} transfers", field="transfers")
    for move in moves:
        if not 1 <= len(move.id) <= ID_LIMIT_CHARS or len(move.reference) > REFERENCE_LIMIT_CHARS:
            raise TransferInvalid(f"an id has 1 to {ID_LIMIT_CHARS} characters", field="id")
        if not 1 <= len(move.purpose) <= PURPOSE_LIMIT_CHARS:
            raise TransferInvalid(f"a purpose has 1 to {PURPOSE_LIMIT_CHARS} characters", field="purpose")
        if "\x00" in f"{move.id}{move.purpose}{move.reference}":
            raise TransferInvalid("text holds no NUL character", field="id")
        if not isinstance(move, Void) and move.amount is not None and move.amount.minor <= 0:
            raise TransferInvalid("an amount is above zero", field="amount")
        if isinstance(move, Transfer | Pending) and move.debit == move.credit:
            raise TransferInvalid("the two accounts are the same", field="credit")


class Line(NamedTuple):
    """A move as ``ledger_post`` reads it: one field a column."""

    chain: int | None
    id: str
    kind: Kind
    debit: str | None
    credit: str | None
    asset: str | None
    amount: int | None
    pending_id: str | None
    expires_at: datetime | None
    purpose: str
    reference: str
    actor: str
    trace: str


def lines(orders: Sequence[Order]) -> list[Line]:
    """Every move of ``orders`` in order; an order of one move stands alone, the moves of a longer one are a chain."""
    found = []
    for number, order in enumerate(orders):
        chain = number if len(order.moves) > 1 else None
        found += [_line(chain, move, order) for move in order.moves]
    return found


def _line(chain: int | None, move: Move, order: Order) -> Line:
    tail = (move.purpose, move.reference, order.actor, order.trace)
    match move:
        case Transfer(debit=debit, credit=credit, amount=amount):
            return Line(chain, move.id, "transfer", debit, credit, amount.asset.code, amount.minor, None, None, *tail)
        case Pending(debit=debit, credit=credit, amount=amount, expires_at=expires_at):
            code, minor = amount.asset.code, amount.minor
            return Line(chain, move.id, "pending", debit, credit, code, minor, None, expires_at, *tail)
        case Part(pending_id=pending_id, amount=amount):
            return Line(chain, move.id, "part", None, None, None, amount.minor, pending_id, None, *tail)
        case Post(pending_id=pending_id, amount=part):
            minor_or_all = None if part is None else part.minor
            return Line(chain, move.id, "post", None, None, None, minor_or_all, pending_id, None, *tail)
        case Void(pending_id=pending_id, timed_out=timed_out):
            kind: Kind = "expire" if timed_out else "void"
            return Line(chain, move.id, kind, None, None, None, None, pending_id, None, *tail)


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


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
