"""Refusals of events."""

from __future__ import annotations

from harmony.kernel.errors import Forbidden, Invalid, TooLarge


class PositionInvalid(Invalid):
    code = "events.position_invalid"
    hint = "Send the id of the last event unchanged, or a revision number, or leave it out."


class DataTooLarge(TooLarge):
    code = "events.data_too_large"
    hint = "Broadcast what happened and where it can be read, not the thing itself."


class DataInvalid(Invalid):
    code = "events.data_invalid"
    hint = "Take NUL characters, half surrogate pairs and numbers beyond all bounds out of the data."


class NotYourName(Forbidden):
    code = "events.not_your_name"
    hint = "A component broadcasts as itself; use its own token or its own name."
