"""Refusals of the runtime."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Unavailable


class PortTaken(Conflict):
    code = "runtime.port_taken"
    hint = "End what holds it, or choose other ports: `harmony up --port-offset 100`."


class NotRunning(Unavailable):
    code = "runtime.not_running"
    hint = "Start it with `make up` (or `harmony up`), or name its data folder with --data."


class MigrationFailed(Unavailable):
    code = "runtime.migration_failed"
    hint = "Read the last lines of the log in the data folder; nothing was half-done, so start again when mended."
