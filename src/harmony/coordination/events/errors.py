"""Refusals of events."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, Unavailable


class PositionInvalid(Invalid):
    code = "events.position_invalid"
    hint = "Send the id of the last event unchanged, or a revision number, or leave it out."


class StreamsTaken(Unavailable):
    code = "events.streams_taken"
    hint = "Close streams that are not read any more, or read GET /events?after= instead."
