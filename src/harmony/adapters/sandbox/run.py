"""Run a program inside the walls and tell what came of it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from harmony.adapters.sandbox import folder
from harmony.adapters.sandbox.child import ORDER_PREFIX_BYTES
from harmony.adapters.sandbox.errors import IsolationUnavailable
from harmony.adapters.sandbox.isolation import available, launcher
from harmony.adapters.sandbox.model import Isolation, Limits, Outcome, Program, Stop, check_limits, check_program
from harmony.kernel.clock import Clock

CHUNK_BYTES = 64 * 1024
PAGE_BYTES = 64 * 1024  # the largest page of a supported machine; a file in memory takes whole pages
LAUNCHER_GRACE_SECONDS = 10.0  # of the machine, whatever clock the run has: it is a process that is waited for
DEFAULT_LIMITS = Limits()
T = TypeVar("T")


@dataclasses.dataclass(slots=True)
class Capture:
    """One stream of the program, kept up to ``limit`` bytes; ``full`` is set when it wrote more."""

    limit: int
    full: asyncio.Event
    kept: bytearray = dataclasses.field(default_factory=bytearray)

    async def read(self, stream: asyncio.StreamReader) -> None:
        """Read to the end, whatever is kept, so that the writer is never left waiting."""
        while chunk := await stream.read(CHUNK_BYTES):
            room = self.limit - len(self.kept)
            self.kept += chunk[:room]
            if len(chunk) > room:
                self.full.set()


async def run(
    program: Program, limits: Limits = DEFAULT_LIMITS, *, clock: Clock, isolation: Isolation | None = None
) -> Outcome:
    """Run ``program`` within ``limits`` and return when all its processes are dead and its folder is gone.

    ``isolation`` uses less than what the kernel offers. Raises ``ProgramRefused`` or ``ProgramTooLarge`` for a program
    or limit out of bounds and ``IsolationUnavailable`` where the walls cannot be raised; then nothing was run.
    Cancelling ends the run.
    """
    check_program(program)
    check_limits(limits)
    used = isolation if isolation is not None else await asyncio.to_thread(available)
    if not used.sufficient:
        raise IsolationUnavailable("isolation is missing: " + ", ".join(used.missing or ("Landlock or seccomp",)))
    root = Path(tempfile.mkdtemp(prefix="harmony-sandbox-"))
    try:
        await _whole(asyncio.to_thread(folder.lay_out, root, program.files))
        return await _run_in(root, program, limits, clock, used)
    finally:
        await _whole(asyncio.to_thread(folder.remove, root))


async def _run_in(root: Path, program: Program, limits: Limits, clock: Clock, used: Isolation) -> Outcome:
    began = clock.monotonic()
    full = asyncio.Event()
    out, err = Capture(limits.output_bytes, full), Capture(limits.output_bytes, full)
    report, report_inside = os.pipe()
    lifeline_inside, lifeline = os.pipe()
    try:
        process = await _start(report_inside, lifeline_inside)
    except BaseException:  # a cancellation too: the launcher, if there is one, hears its lifeline break
        os.close(report)
        os.close(lifeline)
        raise
    streams = asyncio.gather(_feed(process, program.stdin), _read(process, out, err))
    stop: Stop | None = None
    try:
        with suppress(BrokenPipeError):  # a launcher that died at once leaves no report, which is told below
            os.write(lifeline, _order(root, program, limits, used))
        stop = await _first_end(process, full, limits.wall_seconds, clock)
    finally:
        await _whole(_end(process, streams, lifeline))
        facts = _read_report(report)
    return _outcome(facts, out, err, full.is_set(), stop, clock.monotonic() - began, used)


async def _start(report: int, lifeline: int) -> Process:
    """The launcher, holding its ends of both pipes, which are closed here."""
    try:
        return await asyncio.create_subprocess_exec(
            *launcher("main", str(report), str(lifeline)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            limit=CHUNK_BYTES,
            env={},
            cwd="/",
            pass_fds=(report, lifeline),
            start_new_session=True,
        )
    except OSError as failure:
        raise IsolationUnavailable("the launcher process could not be started") from failure
    finally:
        os.close(report)
        os.close(lifeline)


def _order(root: Path, program: Program, limits: Limits, used: Isolation) -> bytes:
    """The launcher's order behind its length; its fields are those of ``child.Order``."""
    own = sum(len(content) + PAGE_BYTES for content in program.files.values())
    order = {
        "caller": os.getpid(),
        "root": str(root),
        "argv": list(program.argv),
        "namespaces": used.user_namespaces,
        "landlock_abi": used.landlock_abi,
        "cpu_seconds": limits.cpu_seconds,
        "memory_bytes": limits.memory_bytes,
        "file_bytes": limits.file_bytes,
        "folder_bytes": limits.file_bytes + own,
        "open_files": limits.open_files,
        "processes": limits.processes,
    }
    content = json.dumps(order).encode()
    return len(content).to_bytes(ORDER_PREFIX_BYTES) + content


async def _first_end(process: Process, full: asyncio.Event, wall_seconds: float, clock: Clock) -> Stop | None:
    """Wait for the launcher to end (``None``), the output to be full, or the time to be up."""
    ended, flooded, late = (
        asyncio.ensure_future(work) for work in (process.wait(), full.wait(), clock.sleep(wall_seconds))
    )
    try:
        await asyncio.wait({ended, flooded, late}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            return None
        return "output" if flooded.done() else "time"
    finally:
        for waiting in (ended, flooded, late):
            waiting.cancel()


async def _end(process: Process, streams: asyncio.Future[Any], lifeline: int) -> None:
    """Tell the launcher to end everything, and wait until it has; one that does not listen is killed with its init."""
    with suppress(BrokenPipeError):
        os.write(lifeline, b".")
    os.close(lifeline)
    ended = asyncio.ensure_future(process.wait())
    await asyncio.wait({ended}, timeout=LAUNCHER_GRACE_SECONDS)
    if not ended.done():
        process.kill()
    await ended
    await asyncio.wait({streams}, timeout=LAUNCHER_GRACE_SECONDS)
    streams.cancel()


async def _feed(process: Process, content: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):  # a program need not read what it is given
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: Process, out: Capture, err: Capture) -> None:
    assert process.stdout is not None
    assert process.stderr is not None
    await asyncio.gather(out.read(process.stdout), err.read(process.stderr))


def _read_report(report: int) -> dict[str, Any]:
    """The launcher's facts up to the one that it stopped the run; what failed after that failed because of it."""
    facts: dict[str, Any] = {}
    with os.fdopen(report, "rb") as lines:
        os.set_blocking(report, False)  # every writer is dead; were one not, its word is not waited for
        for line in lines.read(CHUNK_BYTES).splitlines():
            facts |= json.loads(line)
            if "stopped" in facts:
                break
    return facts


def _outcome(
    facts: dict[str, Any],
    out: Capture,
    err: Capture,
    truncated: bool,
    stop: Stop | None,
    seconds: float,
    used: Isolation,
) -> Outcome:
    status: int | None = facts.get("status")
    told = facts.get("stopped")
    if "failure" in facts:
        raise IsolationUnavailable(f"a wall could not be raised: {facts['failure']}")
    if status is None and told is None:
        raise IsolationUnavailable("the launcher ended without a report")
    stopped: Stop | None = None
    if status is None:
        stopped = stop if told == "caller" else told
    return Outcome(
        exit_code=os.WEXITSTATUS(status) if status is not None and os.WIFEXITED(status) else None,
        signal=None if status is not None and os.WIFEXITED(status) else (9 if status is None else os.WTERMSIG(status)),
        stdout=bytes(out.kept),
        stderr=bytes(err.kept),
        truncated=truncated,
        timed_out=stopped == "time",
        stopped=stopped,
        wall_seconds=seconds,
        isolation=used,
    )


async def _whole(work: Awaitable[T]) -> T:
    """Finish ``work`` even when cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
