"""Refusals of the verifiers."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, NotFound, Refusal, TooLarge, Unavailable


class DeliverableUnknown(NotFound):
    code = "verifiers.deliverable_unknown"
    hint = "Upload the deliverable first with POST /api/v1/harmony/deliverables and use the address it answers."


class DeliverableTooLarge(TooLarge):
    code = "verifiers.deliverable_too_large"
    hint = "Send at most 10 MB; the limit in bytes is in the message."


class DeliverableEmpty(Invalid):
    code = "verifiers.deliverable_empty"
    hint = "Send the bytes of the deliverable as the body."


class DigestMismatch(Invalid):
    code = "verifiers.digest_mismatch"
    hint = "The bytes that arrived have another SHA-256 than was announced; send them again."


class UploadsTooMany(Refusal):
    code = "verifiers.uploads_too_many"
    status = 429
    hint = "Wait as long as details.retry_after_seconds says."


class VerificationUnknown(NotFound):
    code = "verifiers.verification_unknown"
    hint = "Use the verification_id that submitting the work answered; only the parties of its escrow see it."


class ArchiveRefused(Invalid):
    code = "verifiers.archive_refused"
    hint = "Deliver one Python file, or a zip or tar of plain files within the limits in the message."


class ProgramUnfit(Invalid):
    code = "verifiers.program_unfit"
    hint = "Name files by plain relative paths and run `python` or one of them."


class RunnerUnavailable(Unavailable):
    code = "verifiers.runner_unavailable"
    hint = "Programs are run only where they can be isolated; the buyer reviews instead."
