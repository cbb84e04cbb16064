"""Refusals of heartbeats."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class ComponentUnknown(NotFound):
    code = "heartbeats.component_unknown"
    hint = "Register again with POST /register and beat with the component_id of its answer."


class LeaseHeld(Forbidden):
    code = "heartbeats.lease_held"
    hint = "Beat with the token with which the component was registered."


class BeatStale(Conflict):
    code = "heartbeats.beat_stale"
    hint = "Register again with POST /register, or leave the incarnation out; the one that lives is in the details."


class TooManyCommands(Conflict):
    code = "heartbeats.too_many_commands"
    hint = "Wait until the component acknowledges some, or until they expire."


class NoGrace(Conflict):
    code = "heartbeats.no_grace"
    hint = "GET /grace tells when the Conductor doubts itself; it does not now."


class HistoryTooLong(Invalid):
    code = "heartbeats.history_too_long"
    hint = "Ask for an earlier revision, or read the entries with GET /events."
