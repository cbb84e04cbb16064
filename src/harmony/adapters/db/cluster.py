"""The cluster: made once, whole or not at all; and the settings that every start gives it afresh."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from harmony.adapters.db.data_folder import DataFolder, Passwords, sync_folder
from harmony.adapters.db.errors import (
    DataFolderDamaged,
    DataFolderNewer,
    DataFolderOlder,
    ServerDied,
)
from harmony.adapters.db.processes import run
from harmony.adapters.db.programs import POSTGRES_MAJOR, Programs
from harmony.adapters.db.system_user import SystemUser
from harmony.kernel.chance import Chance

ROLE = "harmony"
DATABASE = "harmony"
SUPERUSER = "postgres"
HBA_FILE = "pg_hba.conf"
SOCKET_FOLDER = "socket"
SOCKET_PATH_LIMIT_BYTES = 107
"""``sockaddr_un`` holds 108 with the closing zero (unix(7))."""
MAX_CONNECTIONS = 100
SHARED_BUFFERS_MEGABYTES = 64
FAST_SHUTDOWN = signal.SIGINT
IMMEDIATE_SHUTDOWN = signal.SIGQUIT

_PORT = 5432
_SOCKET_NAME = f".s.PGSQL.{_PORT}"
_HBA = "# Written at every start. Nobody is trusted without a password, and there is no way in by TCP.\n" + (
    "local all all scram-sha-256\n"
)
_SETTINGS = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
    "max_connections": str(MAX_CONNECTIONS),
    "shared_buffers": f"{SHARED_BUFFERS_MEGABYTES}MB",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] ",
    "log_startup_progress_interval": "2s",
    "password_encryption": "scram-sha-256",
}
_DURABILITY = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True, slots=True)
class Cluster:
    """An existing cluster and how it is reached. ``name`` is in the title of each of its processes."""

    folder: Path
    name: str
    socket_folder: Path
    hba_file: Path
    durable: bool

    def command(self, programs: Programs) -> list[str]:
        """The server's command line. No secret is in it, and it outweighs what the cluster's own files say."""
        settings = {
            **_SETTINGS,
            **dict.fromkeys(_DURABILITY, "on" if self.durable else "off"),
            "cluster_name": self.name,
            "unix_socket_directories": _quoted(self.socket_folder),
            "hba_file": str(self.hba_file),
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [str(programs.postgres), "-D", str(self.folder), *options]

    def dsn(self, role: str, password: str) -> str:
        """A connection address that asyncpg and psycopg both read."""
        return f"postgresql://{role}:{password}@/{DATABASE}?host={quote(str(self.socket_folder), safe='')}&port={_PORT}"

    def clear_sockets(self) -> None:
        """Remove what a killed server left; a reused pid in the socket's lock file would stop the next one."""
        for name in (_SOCKET_NAME, f"{_SOCKET_NAME}.lock"):
            (self.socket_folder / name).unlink(missing_ok=True)


def existing(folder: Path) -> bool:
    """Whether ``folder`` holds a cluster of our major version; False if there is nothing at all.

    Raises ``DataFolderNewer``, ``DataFolderOlder`` or ``DataFolderDamaged``.
    """
    if not folder.exists():
        return False
    try:
        major = int((folder / "PG_VERSION").read_text())
    except (OSError, ValueError) as error:
        raise DataFolderDamaged(f"{folder} is no PostgreSQL cluster") from error
    if major > POSTGRES_MAJOR:
        raise DataFolderNewer(f"{folder} was written by PostgreSQL {major}; this Harmony brings {POSTGRES_MAJOR}")
    if major < POSTGRES_MAJOR:
        raise DataFolderOlder(f"{folder} was written by PostgreSQL {major}; this Harmony brings {POSTGRES_MAJOR}")
    return True


async def ensure(data: DataFolder, programs: Programs, user: SystemUser | None, chance: Chance) -> Passwords:
    """See to it that the claimed folder holds a cluster, made beside its place and moved in when it is complete."""
    for abandoned in data.path.glob(f"{data.cluster.name}.new-*"):
        shutil.rmtree(abandoned)
    if existing(data.cluster):
        if not data.marker.cluster_made:
            data.remember_cluster()
        return data.passwords()
    if data.marker.cluster_made:
        raise DataFolderDamaged(f"the database that was in {data.cluster} is gone")
    passwords = data.new_passwords(chance)
    coming = data.path / f"{data.cluster.name}.new-{chance.secret_bytes(4).hex()}"
    _private_folder(coming, user)
    await _initialise(coming, programs, user, durable=data.marker.durable)
    await _furnish(coming, programs, user, passwords)
    coming.rename(data.cluster)
    sync_folder(data.path)
    data.remember_cluster()
    return passwords


async def _initialise(folder: Path, programs: Programs, user: SystemUser | None, *, durable: bool) -> None:
    status, output = await run(
        [
            str(programs.initdb),
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--auth=reject",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        ],
        user=user,
    )
    if status != 0:
        raise ServerDied(f"initdb ended with status {status}:\n{output[-2000:]}")


async def _furnish(folder: Path, programs: Programs, user: SystemUser | None, passwords: Passwords) -> None:
    """Give the cluster its roles, pgvector and Harmony's database, in single-user mode: no socket is open yet.

    Harmony works as an ordinary role that owns its database, as it would on anybody's server. pgvector goes into the
    template, because only a superuser may create it.
    """
    statements = (
        f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords.postgres}'",
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{passwords.harmony}'",
        "CREATE EXTENSION vector",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
    )
    options = (
        "-c",
        "exit_on_error=on",
        "-c",
        "log_min_error_statement=panic",
    )  # a failing statement is not logged
    command = [
        str(programs.postgres),
        "--single",
        "-D",
        str(folder),
        *options,
        "template1",
    ]
    status, output = await run(command, user=user, text="\n".join(statements) + "\n")
    if status != 0:
        raise ServerDied(f"the new cluster could not be furnished (status {status}):\n{output[-2000:]}")


def arrange(data: DataFolder, user: SystemUser | None, environ: Mapping[str, str]) -> Cluster:
    """What a start needs around the cluster: the socket's private folder and the rules of access."""
    found = data.cluster.stat()
    kind = "harmony" if data.marker.durable else "harmony-nondurable"
    # Device and inode: a copied folder is another cluster, a moved one is the same.
    name = f"{kind}-{found.st_dev:x}-{found.st_ino:x}"
    sockets = _socket_folder(data.path, name, environ)
    _private_folder(sockets, user)
    hba_file = data.path / HBA_FILE
    hba_file.unlink(missing_ok=True)
    hba_file.write_text(_HBA)
    hba_file.chmod(0o644 if user else 0o600)
    return Cluster(data.cluster, name, sockets, hba_file, data.marker.durable)


def _socket_folder(data_dir: Path, name: str, environ: Mapping[str, str]) -> Path:
    """Inside the data folder; where its path does not fit a socket, in the machine's place for such things."""
    inside = data_dir / SOCKET_FOLDER
    if _fits_a_socket(inside):
        return inside
    if os.geteuid() == 0:
        return Path("/run") / name
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or "/tmp")
    return (runtime if runtime.is_dir() and _fits_a_socket(runtime / name) else Path("/tmp")) / name


def _fits_a_socket(folder: Path) -> bool:
    """Short enough; and without a comma, at which drivers split a connection address into several hosts."""
    return len(os.fsencode(folder / _SOCKET_NAME)) <= SOCKET_PATH_LIMIT_BYTES and "," not in str(folder)


def _private_folder(path: Path, user: SystemUser | None) -> None:
    """Make ``path``, open to ``user`` alone; one that is there already must be just that."""
    owner = user.uid if user else os.geteuid()
    try:
        path.mkdir(mode=0o700)
        path.chmod(0o700)
        if user:
            os.chown(path, user.uid, user.gid)
    except FileExistsError:
        found = path.lstat()
        if not path.is_dir() or path.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise DataFolderDamaged(f"{path} should be a folder that only user {owner} may enter") from None


def _quoted(path: Path) -> str:
    """``unix_socket_directories`` is a list; quotes keep a path with a space together."""
    return '"' + str(path).replace('"', '""') + '"'
