"""Fresh namespaces, where the kernel grants them. Imported by the launcher: standard library only."""

from __future__ import annotations

import os
from pathlib import Path

from harmony.adapters.sandbox.linux import mount, unshare

NEW_MOUNTS, NEW_HOSTNAME, NEW_IPC, NEW_USERS, NEW_PIDS, NEW_NETWORK = (
    0x00020000,
    0x04000000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
ALL_BUT_USERS = NEW_MOUNTS | NEW_HOSTNAME | NEW_IPC | NEW_PIDS | NEW_NETWORK
RECURSIVE_PRIVATE = 0x4000 | 0x40000
NO_SUID, NO_DEVICES = 2, 4
FOLDER_ENTRIES_LIMIT = 4096


def enter() -> None:
    """Leave every namespace of the parent; children begin a pid namespace of their own.

    Root needs no user namespace for that, and without one its right to read the interpreter stays meaningful.
    """
    if os.geteuid() == 0:
        unshare(ALL_BUT_USERS)
    else:
        uid, gid = os.geteuid(), os.getegid()
        unshare(ALL_BUT_USERS | NEW_USERS)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    mount("none", "/", None, RECURSIVE_PRIVATE, None)


def mount_folder(path: str, limit_bytes: int) -> None:
    """Put a folder in memory, bounded in bytes and entries, over ``path``; it ends with the mount namespace."""
    options = f"size={limit_bytes},nr_inodes={FOLDER_ENTRIES_LIMIT},mode=0700,uid={os.geteuid()},gid={os.getegid()}"
    mount("sandbox", path, "tmpfs", NO_SUID | NO_DEVICES, options)
