"""Refusals of the database door."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, Refusal, Unavailable


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


class DataFolderForeign(Conflict):
    code = "db.data_folder_foreign"
    hint = "Choose an empty or a new folder with --data DIR; nothing in this one was touched."


class DataFolderNewer(Conflict):
    code = "db.data_folder_newer"
    hint = "Start the newer Harmony that wrote this folder, or choose another folder with --data DIR."


class DataFolderOlder(Conflict):
    code = "db.data_folder_older"
    hint = "Dump the database with the Harmony that wrote it and restore it into a new folder given with --data DIR."


class DataFolderDamaged(Conflict):
    code = "db.data_folder_damaged"
    hint = "Restore the whole folder from a backup, or choose another one with --data DIR; nothing was changed."


class DataFolderHeld(Conflict):
    code = "db.data_folder_held"
    hint = "Stop that process, or start a second Harmony with --data DIR (another folder) and --port-offset N."


class DataFolderOfAnother(Forbidden):
    code = "db.data_folder_of_another"
    hint = "Start Harmony as the user who owns the folder, or choose another folder with --data DIR."


class DataFolderUnreachable(Forbidden):
    code = "db.data_folder_unreachable"
    hint = "Choose a folder that the user may enter with --data DIR, or name another user in HARMONY_SYSTEM_USER."


class DurabilityMismatch(Conflict):
    code = "db.durability_mismatch"
    hint = "A folder keeps the durability it was made with; choose another folder with --data DIR."


class SystemUserUnfit(Conflict):
    code = "db.system_user_unfit"
    hint = "Name an existing user other than root in HARMONY_SYSTEM_USER, or leave it unset."


class UserUnlisted(Conflict):
    code = "db.user_unlisted"
    hint = "Start Harmony as a user listed on this machine (in a container: give the image that user), or as root."


class ProgramsMissing(Unavailable):
    code = "db.programs_missing"
    hint = (
        "Install the locked dependency set again (`make setup`), or set HARMONY_DATABASE_URL to a server of your own."
    )


class ProgramsUnsafe(Conflict):
    code = "db.programs_unsafe"
    hint = "Remove the named folder as root; Harmony makes it again, owned by root and writable by nobody else."


class ServerDied(Unavailable):
    code = "db.server_died"
    hint = "Read the last lines of the server's log in the message; the whole log is postgres.log in the data folder."


class LeftoverServer(Unavailable):
    code = "db.leftover_server"
    hint = "End the named processes, then start again; they still use this folder's database."


class ServerTooOld(Refusal):
    code = "db.server_too_old"
    status = 503
    hint = "Point HARMONY_DATABASE_URL at PostgreSQL 16 or newer, or unset it to use the embedded server."


class VectorMissing(Refusal):
    code = "db.vector_missing"
    status = 503
    hint = "Install pgvector on the server (package postgresql-NN-pgvector), or unset HARMONY_DATABASE_URL."


class ServerNotDurable(Refusal):
    code = "db.server_not_durable"
    status = 503
    hint = "Switch fsync, full_page_writes and synchronous_commit on; Harmony answers only for what is safely written."
