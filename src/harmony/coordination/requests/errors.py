"""Refusals of requests."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Refusal, Unavailable


class NoResponders(Unavailable):
    code = "requests.no_responders"
    hint = "GET /services tells who is there; ask again when the component is registered and not draining."


class TargetUnreachable(Unavailable):
    code = "requests.target_unreachable"
    hint = "The request did not arrive anywhere, so it may be sent again; GET /services/{id}/why tells more."


class TargetSilent(Refusal):
    code = "requests.target_silent"
    status = 504
    hint = "It may have arrived. Send it again with the same Idempotency-Key, or as idempotent, or give it more time."


class TargetRefused(Refusal):
    code = "requests.target_refused"
    status = 502
    hint = "The component answered with a refusal of its own; it is in the details."


class ReplyUnfit(Refusal):
    code = "requests.reply_unfit"
    status = 502
    hint = "A reply is JSON within the limit; the component has to send less."


class Cyclic(Refusal):
    code = "requests.cyclic"
    status = 508
    hint = "The request came by the component that it is sent to, or by too many; pass `via` on unchanged."


class SenderForeign(Forbidden):
    code = "requests.sender_foreign"
    hint = "Ask as the component that your token belongs to."


class OutcomeUnknown(Conflict):
    code = "requests.outcome_unknown"
    hint = "The first attempt may have had its effect. Send it as idempotent, or with a new Idempotency-Key."


class StreamFull(Conflict):
    code = "requests.stream_full"
    hint = "Open another stream; one carries a bounded number of components."


class FrameInvalid(Refusal):
    code = "requests.frame_invalid"
    status = 422
    hint = "A frame is a JSON object whose type is beat, reply or bye; docs/guides/member.md shows each."
