"""Refusals of sessions."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, NotFound, Refusal, TooLarge


class SessionUnknown(NotFound):
    code = "sessions.session_unknown"
    hint = "Check the sessionId; GET /v1/sessions lists your own."


class SessionStateWrong(Conflict):
    code = "sessions.session_state_wrong"
    hint = "Read the session's state; only an open session goes on."


class NotTheSeeker(Forbidden):
    code = "sessions.not_the_seeker"
    hint = "Only the seeker shares context and resolves the session."


class MessageTooLarge(TooLarge):
    code = "sessions.message_too_large"
    hint = "Write less, or upload a deliverable; the limit is in the message."


class MessagesFull(Conflict):
    code = "sessions.messages_full"
    hint = "Resolve or abandon this session; the limit is in the message."


class ShareUnknown(NotFound):
    code = "sessions.share_unknown"
    hint = "Check the shareId; the session lists its shares."


class ShareEnded(Refusal):
    code = "sessions.share_ended"
    status = 410
    hint = "Ask the seeker to share again; this share expired or was revoked."
