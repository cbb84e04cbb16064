"""Giving up what the launcher may do, before anything untrusted runs.

Imported by the launcher: standard library only.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from harmony.adapters.sandbox.linux import (
    PR_CAP_AMBIENT,
    PR_CAPBSET_DROP,
    PR_SET_KEEPCAPS,
    PR_SET_NO_NEW_PRIVS,
    capabilities_set,
    prctl,
)

# Root gives each run a user id that nobody else has, so that neither another run nor a service shares its processes.
OWN_UID_BASE = 0x70000000
NOBODY_UID = 65534
DAC_READ_SEARCH = 2
LAST_CAPABILITY_PATH = Path("/proc/sys/kernel/cap_last_cap")
AMBIENT_RAISE = 2


def unprivileged_uid(folder: str) -> int:
    """The user id a run of this launcher takes, given ``folder`` and all in it: for root a fresh one, else its own."""
    if os.geteuid() != 0:
        return os.geteuid()
    for uid in (OWN_UID_BASE + os.getpid(), NOBODY_UID):
        with suppress(OSError):
            _give(folder, uid)
            return uid
    return 0


def _give(folder: str, uid: int) -> None:
    """From the bottom up, so that nobody reaches what is still to be given."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            os.chown(os.path.join(parent, name), uid, uid)
        os.chown(parent, uid, uid)


def reachable(paths: Iterable[str]) -> bool:
    """Whether a stranger may pass through every folder above ``paths`` and read them, judged by their mode."""
    for path in map(Path, paths):
        if not path.stat().st_mode & 0o004:
            return False
        if not all(parent.stat().st_mode & 0o001 for parent in path.parents):
            return False
    return True


def drop(uid: int, *, keep_reading: bool) -> None:
    """Become ``uid`` with no capability and no way to gain one.

    ``keep_reading`` leaves root's launcher CAP_DAC_READ_SEARCH, for an interpreter below a folder that only root may
    enter; Landlock, which knows no capabilities, then bounds what is read.
    """
    changes_user = uid != os.geteuid()
    last_capability = int(LAST_CAPABILITY_PATH.read_text())
    kept = 1 << DAC_READ_SEARCH if keep_reading and changes_user else 0
    for capability in range(last_capability + 1):
        if kept == 1 << capability:
            continue
        # Without CAP_SETPCAP the bounding set stays, which no_new_privs makes harmless.
        with suppress(PermissionError):
            prctl(PR_CAPBSET_DROP, capability)
    if changes_user:
        prctl(PR_SET_KEEPCAPS, 1 if kept else 0)
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    try:
        capabilities_set(kept, kept, kept)
    except PermissionError as refused:
        raise OSError(errno.EPERM, "the right to read the interpreter could not be kept") from refused
    if kept:
        prctl(PR_CAP_AMBIENT, AMBIENT_RAISE, DAC_READ_SEARCH)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
