"""Refusals of shared state."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, TooLarge


class KeyUnknown(NotFound):
    code = "state.key_unknown"
    hint = "GET /state?prefix=echo: lists the keys; this one was never set, was deleted, or its time is over."


class VersionConflict(Conflict):
    code = "state.version_conflict"
    hint = "Read the keys again, decide anew, and use the versions that you read; 0 means that a key must not exist."


class ValueTooLarge(TooLarge):
    code = "state.value_too_large"
    hint = "Keep large things elsewhere and share where they are."


class ValueInvalid(Invalid):
    code = "state.value_invalid"
    hint = "A value is text, or JSON, without NUL characters and half surrogate pairs."


class StateFull(Refusal):
    code = "state.full"
    status = 429
    hint = "Delete keys that nobody needs, or give keys a time to live."


class LeaseUnknown(NotFound):
    code = "state.lease_unknown"
    hint = "The lease has ended, or is somebody else's; take a new one with POST /state/leases."


class LockHeld(Conflict):
    code = "state.lock_held"
    hint = "Wait for it with `wait`, or look who holds it with GET /state/locks/{name}."


class LockLost(Conflict):
    code = "state.lock_lost"
    hint = "Stop what the lock protects, then acquire it again; its token has passed on."


class MessagesAbsent(Forbidden):
    code = "state.message_not_allowed"
    hint = "Sending a message needs the permission queue.send."
