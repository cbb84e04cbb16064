"""What settlement tells: money granted, agreements and their states, checks and their scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from harmony.messages.message import Message


@dataclass(frozen=True, slots=True)
class PracticeMoneyGranted(Message):
    KIND: ClassVar[str] = "settlement.practice_money.granted"
    transfer_id: str
    principal_id: str
    amount: str
    asset: str


@dataclass(frozen=True, slots=True)
class LedgerFaultFound(Message):
    """The proof failed: how many faults, the first of them, and the last sealed position it looked at."""

    KIND: ClassVar[str] = "settlement.ledger.fault_found"
    faults: int
    first_kind: str
    first_subject: str
    last_seal: int


@dataclass(frozen=True, slots=True)
class LedgerProofSigned(Message):
    """The proof of a day: the end of the chain that it covers and the public key it is signed with, hexadecimal."""

    KIND: ClassVar[str] = "settlement.ledger.proof_signed"
    day: str
    last_seal: int
    last_hash: str
    key: str


@dataclass(frozen=True, slots=True)
class ShadowDeposited(Message):
    KIND: ClassVar[str] = "settlement.shadow.deposited"
    deposit_id: str
    wallet: str
    amount: str
    asset: str


@dataclass(frozen=True, slots=True)
class ShadowSettlementStarted(Message):
    """Money of a shadow balance is held for its owner; ``settlement_type`` says who asked for it."""

    KIND: ClassVar[str] = "settlement.shadow.settlement_started"
    settlement_id: str
    wallet: str
    settlement_type: str
    amount: str
    asset: str


@dataclass(frozen=True, slots=True)
class ShadowSettled(Message):
    """The money has been paid to its owner, in the payment ``batch_id``."""

    KIND: ClassVar[str] = "settlement.shadow.settled"
    settlement_id: str
    wallet: str
    batch_id: str
    amount: str
    asset: str


@dataclass(frozen=True, slots=True)
class DeliverableStored(Message):
    KIND: ClassVar[str] = "settlement.deliverable.stored"
    sha256: str
    uploader: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class VerificationFinished(Message):
    """``status`` is completed (``score`` 0 to 100) or failed (``reason`` is a stable word)."""

    KIND: ClassVar[str] = "settlement.verification.finished"
    verification_id: str
    escrow_id: str
    status: str
    score: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class EscrowFact(Message):
    """What every message about an escrow carries. ``payout`` is what the seller has got, None while nothing is paid;
    ``score`` is None while nothing is scored; ``session_id`` is None for a direct escrow."""

    escrow_id: str
    session_id: str | None
    buyer: str
    seller: str | None
    amount: str
    asset: str
    score: int | None
    payout: str | None


@dataclass(frozen=True, slots=True)
class EscrowCreated(EscrowFact):
    KIND: ClassVar[str] = "settlement.escrow.created"


@dataclass(frozen=True, slots=True)
class EscrowAccepted(EscrowFact):
    KIND: ClassVar[str] = "settlement.escrow.accepted"


@dataclass(frozen=True, slots=True)
class EscrowSubmitted(EscrowFact):
    KIND: ClassVar[str] = "settlement.escrow.submitted"


@dataclass(frozen=True, slots=True)
class EscrowVerified(EscrowFact):
    """The check has ended: with a score, or (None) without one, and the buyer reviews."""

    KIND: ClassVar[str] = "settlement.escrow.verified"


@dataclass(frozen=True, slots=True)
class EscrowReleased(EscrowFact):
    KIND: ClassVar[str] = "settlement.escrow.released"


@dataclass(frozen=True, slots=True)
class EscrowRefunded(EscrowFact):
    KIND: ClassVar[str] = "settlement.escrow.refunded"


@dataclass(frozen=True, slots=True)
class EscrowExpired(EscrowFact):
    """A deadline passed before anything was delivered; the buyer has the money back."""

    KIND: ClassVar[str] = "settlement.escrow.expired"


@dataclass(frozen=True, slots=True)
class EscrowDisputed(EscrowFact):
    KIND: ClassVar[str] = "settlement.escrow.disputed"
