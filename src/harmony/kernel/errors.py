"""How Harmony refuses: one family of named errors, each with a stable code, an HTTP status and a remedy.

A room declares its refusals in its own ``errors.py`` as subclasses; the catalogue in
``docs/reference/errors.md`` is generated from the family. The wire form is RFC 9457.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar


class Refusal(Exception):
    """A refusal that a caller can act on.

    Subclasses set ``code`` (stable, dotted ``room.reason``), ``status`` (HTTP) and ``hint`` (the remedy, one
    sentence). ``message`` says what happened and never carries a caller's secret. ``field`` names the offending
    input as a dotted path, ``details`` holds JSON-ready facts.
    """

    code: ClassVar[str] = "kernel.refused"
    status: ClassVar[int] = 400
    hint: ClassVar[str] = "Read the message and correct the request."

    def __init__(self, message: str, *, field: str | None = None, details: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.details: dict[str, object] = dict(details or {})


class NotFound(Refusal):
    code = "kernel.not_found"
    status = 404
    hint = "Check the id; list the resource to see what exists."


class Conflict(Refusal):
    code = "kernel.conflict"
    status = 409
    hint = "Read the current state and decide again."


class Invalid(Refusal):
    code = "kernel.invalid"
    status = 422
    hint = "Correct the named field."


class TooLarge(Refusal):
    code = "kernel.too_large"
    status = 413
    hint = "Send less; the limit is in the message."


class Unauthenticated(Refusal):
    code = "kernel.unauthenticated"
    status = 401
    hint = "Send a bearer token; `harmony token create` makes one."


class Forbidden(Refusal):
    code = "kernel.forbidden"
    status = 403
    hint = "Ask an administrator for a role that carries the named permission."


class Unavailable(Refusal):
    code = "kernel.unavailable"
    status = 503
    hint = "Try again shortly; the work was not started."


def family(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal class below ``root`` and ``root`` itself, parents first; only imported modules count."""
    yield root
    for child in root.__subclasses__():
        yield from family(child)
