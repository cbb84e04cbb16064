"""The wall around resources that the kernel counts by itself. Imported by the launcher: standard library only."""

from __future__ import annotations

import resource
from contextlib import suppress
from pathlib import Path

PENDING_SIGNALS = 256
CPU_GRACE_SECONDS = 1


def impose(*, cpu_seconds: int, memory_bytes: int, file_bytes: int, open_files: int, tasks: int) -> None:
    """Set every rlimit of the calling process, hard and soft, never above the hard limit it already has."""
    wanted = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: open_files,
        resource.RLIMIT_NPROC: tasks,
        resource.RLIMIT_SIGPENDING: PENDING_SIGNALS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    for kind, bound in wanted.items():
        hard = resource.getrlimit(kind)[1]
        bounded = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        ceiling = bounded
        if kind == resource.RLIMIT_CPU and (hard == resource.RLIM_INFINITY or bounded < hard):
            # SIGXCPU comes at the soft limit and may be caught; SIGKILL comes at the hard one and may not.
            ceiling = bounded + CPU_GRACE_SECONDS
        resource.setrlimit(kind, (bounded, ceiling))


def tasks_of(uid: int) -> int:
    """How many tasks the user has on this machine: RLIMIT_NPROC counts them where no fresh namespace counts anew."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            facts = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if int(facts["Uid"].split()[0]) == uid:
                total += int(facts["Threads"])
    return total
