"""The data folder: whose it is, which layout it has, and that one Harmony at a time holds it.

A folder is ours when it carries the marker file. It becomes ours when it is new or empty; anything else is refused
before a byte is written.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from harmony.adapters.db.errors import (
    DataFolderDamaged,
    DataFolderForeign,
    DataFolderHeld,
    DataFolderNewer,
    DataFolderOfAnother,
    DataFolderUnreachable,
    DurabilityMismatch,
)
from harmony.adapters.db.processes import alive
from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock

LAYOUT = 1
MARKER_FILE = "harmony-data.json"
LOCK_FILE = "harmony.lock"
PASSWORDS_FILE = "passwords.json"
CLUSTER_FOLDER = "postgres"
PASSWORD_BYTES = 24
HOLDER_GONE_WAIT_SECONDS = 5.0
"""How long a lock may outlive its dead holder, in processes that the holder had forked, before we refuse."""
_HOLDER_GONE_POLL_SECONDS = 0.1
_MARKER_LIMIT_BYTES = 4096
_AS_GOOD_AS_EMPTY = {LOCK_FILE, f".{MARKER_FILE}.new", "lost+found"}
"""What an interrupted first start, or a fresh file system, leaves in a folder that nobody uses yet."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What the folder says of itself. ``cluster_made``: a database was here, so its absence is a loss."""

    layout: int
    durable: bool
    cluster_made: bool


@dataclass(frozen=True, slots=True)
class Passwords:
    """One for the role that Harmony works as, one for the server's superuser. Never shown."""

    harmony: str
    postgres: str

    def __repr__(self) -> str:
        return "Passwords(…)"


class DataFolder:
    """A claimed folder; the claim lasts until ``release`` or the end of this process, however it ends."""

    def __init__(self, path: Path, marker: Marker, lock: int) -> None:
        self.path = path
        self.marker = marker
        self._lock: int | None = lock

    @property
    def cluster(self) -> Path:
        return self.path / CLUSTER_FOLDER

    def remember_cluster(self) -> None:
        """Note that the database exists from now on."""
        self.marker = replace(self.marker, cluster_made=True)
        _write_marker(self.path, self.marker)

    def new_passwords(self, chance: Chance) -> Passwords:
        """Draw and keep fresh passwords; only for a cluster that is about to be made."""
        drawn = [chance.secret_bytes(PASSWORD_BYTES).hex() for _ in range(2)]
        passwords = Passwords(harmony=drawn[0], postgres=drawn[1])
        _write_private(self.path / PASSWORDS_FILE, json.dumps(asdict(passwords)))
        return passwords

    def passwords(self) -> Passwords:
        """The kept ones. Raises ``DataFolderDamaged``."""
        try:
            kept = json.loads((self.path / PASSWORDS_FILE).read_text())
            return Passwords(harmony=str(kept["harmony"]), postgres=str(kept["postgres"]))
        except (OSError, ValueError, KeyError, TypeError):
            # The cause is not chained: it could quote the file.
            raise DataFolderDamaged(f"{self.path / PASSWORDS_FILE} is missing or cannot be read") from None

    def release(self) -> None:
        """Let another Harmony have the folder; safe to repeat."""
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None


async def claim(path: Path, *, durable: bool, clock: Clock) -> DataFolder:
    """Take the folder for this process, making it if need be; ``durable`` is fixed when it is made.

    Raises ``DataFolderForeign``, ``DataFolderNewer``, ``DataFolderDamaged``, ``DataFolderOfAnother``,
    ``DataFolderUnreachable``, ``DurabilityMismatch`` or ``DataFolderHeld``; what the folder holds is then unchanged.
    """
    path = path.expanduser().resolve()
    inspect(path)
    _make(path)
    lock = await _lock(path, clock)
    try:
        marker = inspect(path)
        if marker is None:
            marker = Marker(LAYOUT, durable, cluster_made=False)
            _write_marker(path, marker)
        if marker.durable != durable:
            kind = "a durable" if marker.durable else "a non-durable, test-only"
            raise DurabilityMismatch(f"{path} holds {kind} database")
        path.chmod(_folder_mode())
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    except BaseException:  # whatever happened, including cancellation: the folder must not stay locked
        os.close(lock)
        raise
    return DataFolder(path, marker, lock)


def inspect(path: Path) -> Marker | None:
    """What ``path`` is, looking only: its marker, or None for a folder that may become ours; else it refuses."""
    try:
        if not path.exists():
            return None
    except OSError as error:
        raise DataFolderUnreachable(f"{path} cannot be reached: {error.strerror}") from error
    if not path.is_dir():
        raise DataFolderForeign(f"{path} is not a folder")
    if path.stat().st_uid != os.geteuid():
        raise DataFolderOfAnother(f"{path} belongs to user {path.stat().st_uid}, and Harmony runs as {os.geteuid()}")
    marker = path / MARKER_FILE
    if not marker.is_file():
        strangers = {entry.name for entry in path.iterdir()} - _AS_GOOD_AS_EMPTY
        if strangers and not marker.is_file():  # the marker may have come while we looked
            raise DataFolderForeign(f"{path} is not empty and is not a data folder of Harmony's")
        if not marker.is_file():
            return None
    return _read_marker(marker)


def _read_marker(path: Path) -> Marker:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MARKER_LIMIT_BYTES))
        layout = found["layout"]
        if isinstance(layout, int) and layout > LAYOUT:
            raise DataFolderNewer(f"{path.parent} has layout {layout}; this Harmony knows up to {LAYOUT}")
        marker = Marker(layout=layout, durable=found["durable"], cluster_made=found["cluster_made"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFolderDamaged(f"{path} cannot be read") from error
    if (type(marker.layout), type(marker.durable), type(marker.cluster_made)) != (
        int,
        bool,
        bool,
    ):
        raise DataFolderDamaged(f"{path} cannot be read")
    return marker


def _write_marker(folder: Path, marker: Marker) -> None:
    what = "Harmony's data folder. To keep a copy, stop Harmony and copy the whole folder."
    _write_private(
        folder / MARKER_FILE,
        json.dumps({"what": what, **asdict(marker)}, indent=2) + "\n",
    )


def _folder_mode() -> int:
    """Root's server runs as another user, who must pass through to the cluster and sees nothing else."""
    return 0o711 if os.geteuid() == 0 else 0o700


def _make(path: Path) -> None:
    """Make ``path`` and its missing parents; folders that exist keep their permissions."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        try:
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            raise DataFolderUnreachable(f"{folder} cannot be made: {error.strerror}") from error


async def _lock(path: Path, clock: Clock) -> int:
    """An exclusive flock, which the kernel drops with its holder; waits only for a holder already dead."""
    descriptor = os.open(path / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    deadline = clock.monotonic() + HOLDER_GONE_WAIT_SECONDS
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            except BlockingIOError:
                holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip()
                dead = not (holder.isdigit() and alive(int(holder)))
                if not dead or clock.monotonic() >= deadline:
                    raise _held(path, holder) from None
            await clock.sleep(_HOLDER_GONE_POLL_SECONDS)
    except BaseException:  # whatever happened, including cancellation: the descriptor must not stay open
        os.close(descriptor)
        raise


def _held(path: Path, holder: str) -> DataFolderHeld:
    who = f"process {holder}" if holder.isdigit() else "a process that is just starting"
    pid = int(holder) if holder.isdigit() else None
    return DataFolderHeld(
        f"another Harmony, {who}, uses {path}",
        details={"pid": pid, "folder": str(path)},
    )


def _write_private(path: Path, text: str) -> None:
    """Write ``path`` (0600) whole or not at all, also when the power fails."""
    coming = path.with_name(f".{path.name}.new")
    coming.unlink(missing_ok=True)
    descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    coming.rename(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in ``path`` as durable as its files."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
