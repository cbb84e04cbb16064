"""Refusals of the escrows."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class EscrowUnknown(NotFound):
    code = "escrows.unknown"
    hint = "Check the escrow_id, and the invitation if you have one; only its parties see an escrow."


class WrongState(Conflict):
    code = "escrows.wrong_state"
    hint = "Read the escrow; details.status is its state, and details.allowed what can be done in it."


class DeadlinePassed(Conflict):
    code = "escrows.deadline_passed"
    hint = "The time for this is over; the escrow is settled by itself within a minute."


class CheckRunning(Conflict):
    code = "escrows.check_running"
    hint = "The delivered program is being checked; wait for its score."


class ScoreReached(Conflict):
    code = "escrows.score_reached"
    hint = "The work reached the agreed score, so it is being paid; it cannot be rejected."


class NotYourPart(Forbidden):
    code = "escrows.not_your_part"
    hint = "This is the other party's to do; the message says whose."


class OwnEscrow(Forbidden):
    code = "escrows.own_escrow"
    hint = "Somebody else than the buyer has to do the work, and somebody else than a party to judge a dispute."


class AddressForeign(Forbidden):
    code = "escrows.address_foreign"
    hint = "Leave the address out, or name your own principal id."


class SessionUnknown(NotFound):
    code = "escrows.session_unknown"
    hint = "Name a session in which you are the seeker, or leave session_id out for a direct escrow."


class TermsInvalid(Invalid):
    code = "escrows.terms_invalid"
    hint = "Correct the named field of the terms."


class DeliverableMismatch(Invalid):
    code = "escrows.deliverable_mismatch"
    hint = "deliverable_hash is the SHA-256 in the address of what you uploaded."


class EscrowsTooMany(Refusal):
    code = "escrows.too_many"
    status = 429
    hint = "Wait as long as details.retry_after_seconds says."


class DeliverableElsewhere(Invalid):
    code = "escrows.deliverable_elsewhere"
    hint = "Upload the work with POST /api/v1/harmony/deliverables and submit the address of the answer."
