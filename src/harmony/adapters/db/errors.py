"""Refusals of the database door."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, Unavailable


class DatabaseUnavailable(Unavailable):
    code = "db.unavailable"
    hint = "PostgreSQL is starting or restarting; try again in a few seconds."


class KeyReused(Conflict):
    code = "db.idempotency_key_reused"
    hint = "Use a new Idempotency-Key for a new request; a key belongs to one body."


class TwinInFlight(Conflict):
    code = "db.twin_in_flight"
    hint = "The same request is still being worked on; repeat it with the same Idempotency-Key in a moment."


class KeyMissing(Invalid):
    code = "db.idempotency_key_missing"
    hint = "Send an Idempotency-Key header: any text of 1 to 200 visible characters that is new for this act."


class KeyInvalid(Invalid):
    code = "db.idempotency_key_invalid"
    hint = "An Idempotency-Key is 1 to 200 visible ASCII characters."
