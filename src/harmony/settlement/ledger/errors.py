"""Refusals of the ledger."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, Unavailable


class FundsInsufficient(Refusal):
    code = "ledger.funds_insufficient"
    status = 402
    hint = "Put money on the account that pays, or move less; GET /api/v1/harmony/ledger/balance shows what is free."


class TransferIdReused(Conflict):
    code = "ledger.transfer_id_reused"
    hint = "Use a new id for a new transfer; an id belongs to one content."


class TransferInvalid(Invalid):
    code = "ledger.transfer_invalid"
    hint = "Name two different accounts of one asset, an amount above zero and a time-out that is still ahead."


class AccountUnknown(NotFound):
    code = "ledger.account_unknown"
    hint = "Open the account before posting to it."


class AccountDiffers(Conflict):
    code = "ledger.account_differs"
    hint = "The account exists under another rule; a rule is never changed."


class PendingUnknown(NotFound):
    code = "ledger.pending_unknown"
    hint = "Name the id of a pending transfer."


class PendingResolved(Conflict):
    code = "ledger.pending_resolved"
    hint = "The pending transfer has been posted, voided or timed out; that happens once."


class PendingExpired(Conflict):
    code = "ledger.pending_expired"
    hint = "The pending transfer's time is over; make a new one."


class PendingCurrent(Conflict):
    code = "ledger.pending_current"
    hint = "The pending transfer's time is not over; post or void it."


class PendingExceeded(Invalid):
    code = "ledger.pending_exceeded"
    hint = "Post at most the amount that is pending."


class BooksMixed(Invalid):
    code = "ledger.books_mixed"
    hint = "Link transfers of one book only: money, ETHIK and reputation never mix."


class BalanceOverflow(Invalid):
    code = "ledger.balance_overflow"
    hint = "The account cannot hold so much; move less."


class BalanceHidden(Forbidden):
    code = "ledger.balance_hidden"
    hint = "Ask for your own balance; only an administrator sees another's."


class RevisionUnknown(Invalid):
    code = "ledger.revision_unknown"
    hint = "Name a revision from 0 to the last sealed one, which the proof tells; leave it out for that one."


class PeriodInvalid(Invalid):
    code = "ledger.period_invalid"
    hint = "Let `since` lie before `until`, both with their offset from UTC."


class ProofUnknown(NotFound):
    code = "ledger.proof_unknown"
    hint = "A proof is signed once a day; ask for a day that has one, or wait for the job."


class WriterFull(Unavailable):
    code = "ledger.writer_full"
    hint = "Try again in a moment with the same ids; more is being posted than the database takes."


REASONS: dict[str, type[Refusal]] = {
    "limit_exceeded": FundsInsufficient,
    "id_reused": TransferIdReused,
    "account_unknown": AccountUnknown,
    "pending_unknown": PendingUnknown,
    "pending_resolved": PendingResolved,
    "pending_expired": PendingExpired,
    "pending_current": PendingCurrent,
    "exceeds_pending": PendingExceeded,
    "books_mixed": BooksMixed,
    "expiry_past": TransferInvalid,
    "overflow": BalanceOverflow,
}
"""What the SQL function ``ledger_post`` answers, as refusals."""
