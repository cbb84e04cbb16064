"""Refusals of the journal."""

from __future__ import annotations

from harmony.kernel.errors import Refusal


class PositionCompacted(Refusal):
    code = "journal.position_compacted"
    status = 410
    hint = "Read a snapshot of the resource and follow from its revision."


class PositionAhead(Refusal):
    code = "journal.position_ahead"
    status = 410
    hint = "This log is younger than the position; read a snapshot and follow from its revision."
