"""Refusals of the runtime."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, Refusal, Unavailable


class PortTaken(Conflict):
    code = "runtime.port_taken"
    hint = "End what holds it, or choose other ports: `harmony up --port-offset 100`."


class NotRunning(Unavailable):
    code = "runtime.not_running"
    hint = "Start it with `make up` (or `harmony up`), or name its data folder with --data."


class NoFrontDoor(Unavailable):
    code = "runtime.no_front_door"
    hint = "Start the Harmony of this data folder with global-nexus, as `harmony up` without names does."


class MigrationFailed(Unavailable):
    code = "runtime.migration_failed"
    hint = "Read the last lines of the log in the data folder; nothing was half-done, so start again when mended."


class PlaceTaken(Conflict):
    code = "backup.place_taken"
    hint = "Name a place that does not exist yet, or an empty folder; nothing there was touched."


class BackupDamaged(Invalid):
    code = "backup.damaged"
    hint = "Take another backup; this one is not whole, and nothing was restored from it."


class BackupNewer(Conflict):
    code = "backup.newer"
    hint = "Restore it with the newer Harmony that made it; nothing was restored."


class ProofDiffers(Refusal):
    code = "backup.proof_differs"
    status = 500
    hint = "Nothing was kept of the restored copy. Take another backup, and keep this one to be looked into."


class NoSpace(Refusal):
    code = "backup.no_space"
    status = 507
    hint = "Free space, or name a place on another disk; nothing was kept of the attempt."


class ForeignDatabase(Conflict):
    code = "backup.foreign_database"
    hint = "Unset HARMONY_DATABASE_URL to restore into a data folder; a server of your own takes database.dump itself."
