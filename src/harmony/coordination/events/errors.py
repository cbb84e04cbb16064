"""Refusals of events."""

from __future__ import annotations

from harmony.kernel.errors import Invalid


class PositionInvalid(Invalid):
    code = "events.position_invalid"
    hint = "Send the id of the last event unchanged, or a revision number, or leave it out."
