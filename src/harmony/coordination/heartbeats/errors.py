"""Refusals of heartbeats."""

from __future__ import annotations

from harmony.kernel.errors import Forbidden, NotFound


class ComponentUnknown(NotFound):
    code = "heartbeats.component_unknown"
    hint = "Register again with POST /register and beat with the component_id of its answer."


class LeaseHeld(Forbidden):
    code = "heartbeats.lease_held"
    hint = "Beat with the token with which the component was registered."
