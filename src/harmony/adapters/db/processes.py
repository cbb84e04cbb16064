"""Spawning PostgreSQL's programs and noticing their end.

``subprocess.Popen`` and pidfds (Linux 5.3) rather than asyncio's own processes: uvloop cannot change the user, and
asyncio kills a child when the loop that started it is closed, which is not that loop's decision.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from harmony.adapters.db.system_user import SystemUser

CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
"""Nothing of the caller's environment reaches PostgreSQL: neither PG* variables nor secrets."""


def tied_to_this_process(command: Sequence[str], last_signal: signal.Signals) -> list[str]:
    """``command`` so wrapped that the kernel sends ``last_signal`` when the spawning thread dies, even by kill -9.

    Where util-linux's ``setpriv`` is missing the command is returned as it is; leftovers then wait for the next start.
    """
    setpriv = shutil.which("setpriv", path=CLEAN_ENVIRONMENT["PATH"])
    if setpriv is None:
        return list(command)
    return [setpriv, "--pdeathsig", last_signal.name.removeprefix("SIG"), *command]


def spawn(command: Sequence[str], *, user: SystemUser | None, output: int) -> subprocess.Popen[bytes]:
    """Start ``command`` as ``user`` (None: as ourselves) in a session of its own, so that Ctrl-C passes it by.

    Both output streams go to the file descriptor ``output``.
    """
    return subprocess.Popen(
        tied_to_this_process(command, signal.SIGINT),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env=CLEAN_ENVIRONMENT,
        cwd="/",
        umask=0o077,
        start_new_session=True,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )


async def run(command: Sequence[str], *, user: SystemUser | None, text: str = "") -> tuple[int, str]:
    """Run ``command`` to its end with ``text`` on standard input; its exit status and joined output."""
    finished = await asyncio.to_thread(
        subprocess.run,
        tied_to_this_process(command, signal.SIGKILL),
        input=text.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=CLEAN_ENVIRONMENT,
        cwd="/",
        umask=0o077,
        start_new_session=True,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        check=False,
    )
    return finished.returncode, finished.stdout.decode(errors="replace")


async def ended(process: subprocess.Popen[bytes]) -> int:
    """Wait, on whichever loop is running, until ``process`` ends; its return code (negative: the signal)."""
    if process.poll() is not None:
        return process.returncode
    loop = asyncio.get_running_loop()
    over: asyncio.Future[None] = loop.create_future()
    descriptor = os.pidfd_open(process.pid)
    try:
        loop.add_reader(descriptor, _fulfil, over)
        try:
            await over
        finally:
            loop.remove_reader(descriptor)
    finally:
        os.close(descriptor)
    return process.wait()


def _fulfil(over: asyncio.Future[None]) -> None:
    if not over.done():
        over.set_result(None)


def pid_taken(pid: int) -> bool:
    """Whether the kernel still knows this pid, be it of another user or of a dead process nobody has collected."""
    return Path(f"/proc/{pid}").exists()


def alive(pid: int) -> bool:
    """Whether a process with this pid, of any user, is running."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
