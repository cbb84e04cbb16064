"""Who runs PostgreSQL: Harmony's own user, or, because PostgreSQL refuses root, a system user."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harmony.adapters.db.errors import DataFolderDamaged, SystemUserUnfit, UserUnlisted

SYSTEM_USER_VARIABLE = "HARMONY_SYSTEM_USER"
PREFERRED_USERS = ("harmony", "postgres", "nobody")

_PRINT_FIRST_CLOSED = 'for folder in "$@"; do [ -x "$folder" ] || { printf %s "$folder"; exit 1; }; done'


@dataclass(frozen=True, slots=True)
class SystemUser:
    """An unprivileged user of this machine."""

    name: str
    uid: int
    gid: int


def choose(environ: Mapping[str, str]) -> SystemUser:
    """The user that root lends to PostgreSQL: the named one, else the first of ``PREFERRED_USERS`` that exists.

    Raises ``SystemUserUnfit``.
    """
    named = environ.get(SYSTEM_USER_VARIABLE)
    for name in (named,) if named else PREFERRED_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid == 0:
            raise SystemUserUnfit(
                f"PostgreSQL refuses to run as root, and {name} is root",
                field=SYSTEM_USER_VARIABLE,
            )
        return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)
    missing = named or ", ".join(PREFERRED_USERS)
    raise SystemUserUnfit(f"this machine has no user {missing}", field=SYSTEM_USER_VARIABLE)


def keeper_of(cluster: Path, environ: Mapping[str, str]) -> SystemUser:
    """The user for an existing cluster: its owner, whom a later-created preferred user must not displace.

    Raises ``SystemUserUnfit`` when the environment insists on someone else, or ``UserUnlisted``.
    """
    found = cluster.stat()
    if found.st_uid == 0:
        raise DataFolderDamaged(f"{cluster} belongs to root, who never made a cluster")
    require_listed(found.st_uid)
    name = pwd.getpwuid(found.st_uid).pw_name
    keeper = SystemUser(name, found.st_uid, found.st_gid)
    if environ.get(SYSTEM_USER_VARIABLE) and choose(environ).uid != keeper.uid:
        raise SystemUserUnfit(
            f"the database in {cluster.parent} belongs to {name}; unset {SYSTEM_USER_VARIABLE} or name {name}",
            field=SYSTEM_USER_VARIABLE,
        )
    return keeper


def require_listed(uid: int) -> None:
    """PostgreSQL looks its own user up and gives up on one without an entry. Raises ``UserUnlisted``."""
    try:
        pwd.getpwuid(uid)
    except KeyError as error:
        raise UserUnlisted(f"this machine's list of users has no user {uid}") from error


def first_closed(folder: Path, user: SystemUser) -> Path | None:
    """The outermost of ``folder`` and its parents that ``user`` may not enter; None when the way is free.

    Asked as that user, so that access lists and mount options count too.
    """
    chain = [*reversed(folder.parents), folder]
    answer = subprocess.run(
        ["/bin/sh", "-c", _PRINT_FIRST_CLOSED, "sh", *map(os.fspath, chain)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin"},
        cwd="/",
        user=user.uid,
        group=user.gid,
        extra_groups=[],
        check=False,
    )
    return Path(os.fsdecode(answer.stdout)) if answer.returncode else None
