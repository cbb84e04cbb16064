"""Watching a run from outside its walls, and ending every process of it.

Works on the descendants of the calling process, which must be their subreaper: whatever daemonises becomes its child.
Imported by the launcher: standard library only.
"""

from __future__ import annotations

import os
import resource
import select
import signal
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harmony.adapters.sandbox.folder import measure
from harmony.adapters.sandbox.namespaces import FOLDER_ENTRIES_LIMIT

PERIOD_MILLISECONDS = 50


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is measured: private memory and tasks of all processes; ``folder`` unless the kernel bounds it already."""

    memory_bytes: int
    tasks: int
    folder: str | None
    folder_bytes: int


def watch(child: int, lifeline: int, bounds: Bounds) -> str | None:
    """Wait until ``child`` ends (``None``), ``lifeline`` speaks or breaks (``caller``), or name the bound it passed."""
    process = os.pidfd_open(child)
    poller = select.poll()
    poller.register(process, select.POLLIN)
    poller.register(lifeline, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poller.poll(PERIOD_MILLISECONDS)}
        if process in ready:
            return None
        if lifeline in ready:
            return "caller"
        passed = _passed(bounds)
        if passed is not None:
            return passed


def end_all() -> None:
    """Kill every descendant and wait until none is left."""
    while True:
        for pid in _descendants():
            with suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _passed(bounds: Bounds) -> str | None:
    memory = tasks = 0
    for pid in _descendants():
        facts = _status(pid)
        memory += sum(int(facts.get(name, "0 kB").split()[0]) * 1024 for name in ("RssAnon", "RssShmem"))
        tasks += int(facts.get("Threads", "0"))
    if memory > bounds.memory_bytes:
        return "memory"
    if tasks > bounds.tasks:
        return "processes"
    if bounds.folder is not None:
        size, entries = measure(bounds.folder, FOLDER_ENTRIES_LIMIT)
        if size > bounds.folder_bytes or entries >= FOLDER_ENTRIES_LIMIT:
            return "files"
    return None


def _descendants() -> list[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError, IndexError):
                parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
                children[int(parent)].append(int(place.name))
    found: list[int] = []
    pending = [os.getpid()]
    while pending:
        below = children.get(pending.pop(), [])
        found += below
        pending += below
    return found


def _status(pid: int) -> dict[str, str]:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line)
    return {}
