"""Servers that outlived their Harmony: found by what they say of themselves, stopped before a new one starts.

Called only while the data folder is claimed, so that no living Harmony can own what is found. PostgreSQL's own check
trusts the pid in ``postmaster.pid``; after a crash that pid may be anybody's.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from harmony.adapters.db.cluster import FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN, Cluster
from harmony.adapters.db.errors import LeftoverServer
from harmony.adapters.db.processes import pid_taken
from harmony.kernel.clock import Clock

FAST_WAIT_SECONDS = 15.0
IMMEDIATE_WAIT_SECONDS = 6.0
"""A server told to stop at once kills its own children after five seconds (SIGKILL_CHILDREN_AFTER_SECS)."""
KILL_WAIT_SECONDS = 5.0
_POLL_SECONDS = 0.05


async def clear(cluster: Cluster, *, progress: Callable[[str], None], clock: Clock) -> None:
    """Stop every process of ``cluster`` and remove a stale ``postmaster.pid``. Raises ``LeftoverServer``."""
    if processes_of(cluster):
        await _stop(cluster, progress, clock)
    pid_file = cluster.folder / "postmaster.pid"
    pid = _pid_in(pid_file)
    if pid is not None and pid_taken(pid):
        progress(f"pid {pid} of the last PostgreSQL is no longer PostgreSQL's; its stale pid file is removed")
        pid_file.unlink(missing_ok=True)
    cluster.clear_sockets()


def processes_of(cluster: Cluster) -> list[int]:
    """The living processes of ``cluster``: those of its owner that carry its name as a setting or in their title.

    Command lines are read, not working directories: the latter are closed to a container's root.
    """
    owner = cluster.folder.stat().st_uid
    numbers = (int(entry) for entry in os.listdir("/proc") if entry.isdigit())
    return [pid for pid in numbers if pid != os.getpid() and _belongs(pid, cluster.name, owner)]


def _belongs(pid: int, name: str, owner: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it ended while we looked, or is hidden from us and therefore not ours
        return False
    carries = f"cluster_name={name}".encode() in command.split(b"\0") or command.startswith(
        f"postgres: {name}: ".encode()
    )
    return carries and f"\nUid:\t{owner}\t" in status and "\nState:\tZ" not in status


async def _stop(cluster: Cluster, progress: Callable[[str], None], clock: Clock) -> None:
    """Ask the postmaster to stop, then tell all to stop at once, then kill."""
    left = processes_of(cluster)
    postmaster = _pid_in(cluster.folder / "postmaster.pid")
    progress(f"stopping what is left of an earlier PostgreSQL (processes {', '.join(map(str, left))})")
    if postmaster in left:
        _signal(postmaster, FAST_SHUTDOWN, cluster)
        if await _gone(cluster, FAST_WAIT_SECONDS, clock):
            return
    for harder, seconds in (
        (IMMEDIATE_SHUTDOWN, IMMEDIATE_WAIT_SECONDS),
        (signal.SIGKILL, KILL_WAIT_SECONDS),
    ):
        for pid in processes_of(cluster):
            _signal(pid, harder, cluster)
        if await _gone(cluster, seconds, clock):
            return
    left = processes_of(cluster)
    raise LeftoverServer(
        f"processes {left} of an earlier PostgreSQL cannot be ended",
        details={"pids": left},
    )


async def _gone(cluster: Cluster, seconds: float, clock: Clock) -> bool:
    deadline = clock.monotonic() + seconds
    while processes_of(cluster):
        if clock.monotonic() >= deadline:
            return False
        await clock.sleep(_POLL_SECONDS)
    return True


def _signal(pid: int, number: signal.Signals, cluster: Cluster) -> None:
    """Signal ``pid`` if it still is what it was: the pidfd pins the process while its name is read again."""
    try:
        pinned = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        if _belongs(pid, cluster.name, cluster.folder.stat().st_uid):
            signal.pidfd_send_signal(pinned, number)
    except ProcessLookupError:
        return
    finally:
        os.close(pinned)


def _pid_in(pid_file: Path) -> int | None:
    try:
        return abs(int(pid_file.read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None
