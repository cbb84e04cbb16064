"""The launcher: reads what to run from the lifeline, raises the walls in order, supervises, reports, kills.

Three processes: the launcher (outside the walls), the init it forks (first of the pid namespace; reaps, reports) and
the program that init forks. The report is lines of JSON: ``failure`` (a wall could not be raised, nothing was run),
``status`` (the wait status of the program), ``stopped`` (the bound for which the launcher ended it).
When the lifeline speaks or breaks, as it does when the caller dies, everything ends. Standard library only.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from harmony.adapters.sandbox import interpreter, landlock, limits, namespaces, privileges, seccomp
from harmony.adapters.sandbox.folder import WORK, copy_program, remove
from harmony.adapters.sandbox.linux import PR_SET_CHILD_SUBREAPER, PR_SET_DUMPABLE, PR_SET_PDEATHSIG, prctl, unmount
from harmony.adapters.sandbox.supervision import Bounds, end_all, watch

ORDER_PREFIX_BYTES = 4
CANNOT_EXECUTE = 126
INIT_TASKS = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What the caller wants run; sizes in bytes."""

    caller: int
    root: str
    argv: list[str]
    namespaces: bool
    landlock_abi: int
    cpu_seconds: int
    memory_bytes: int
    file_bytes: int
    folder_bytes: int
    open_files: int
    processes: int

    @property
    def work(self) -> str:
        """The folder it runs in."""
        return os.path.join(self.root, WORK)


@dataclass(frozen=True, slots=True)
class Walls:
    """What was prepared outside for the inside."""

    uid: int
    keep_reading: bool
    tasks: int
    ruleset: int


def main() -> None:
    """``launcher REPORT LIFELINE``: descriptors, both inherited."""
    report, lifeline = int(sys.argv[1]), int(sys.argv[2])
    os.set_inheritable(report, False)
    os.set_inheritable(lifeline, False)
    order = _read_order(lifeline)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        walls = _prepare(order)
        init = _fork(lambda: _init(order, walls, report))
        _silence()
        bounds = Bounds(
            memory_bytes=order.memory_bytes,
            tasks=order.processes + INIT_TASKS,
            folder=None if order.namespaces else order.work,
            folder_bytes=order.folder_bytes,
        )
        stopped = watch(init, lifeline, bounds)
        if stopped is not None:
            _tell(report, stopped=stopped)
    except Exception as failure:  # whatever it was must reach the caller, who waits on the other end of the pipe
        _tell(report, failure=repr(failure))
    finally:
        end_all()
        if os.getppid() != order.caller:
            _clear(order)


def probe() -> None:
    """Print as JSON what this kernel grants a process like this one, found out by trying it in forked children."""
    abi = landlock.offered_abi()
    machine = seccomp.supported_machine()
    folder = sys.argv[1]

    def raise_walls() -> None:
        privileges.drop(os.geteuid(), keep_reading=False)
        landlock.restrict(landlock.ruleset([], abi))

    def filter_calls() -> None:
        privileges.drop(os.geteuid(), keep_reading=False)
        seccomp.install(seccomp.assemble(platform.machine(), abi=abi, signals_confined=False, own_pid=os.getpid()))

    def unshare() -> None:
        namespaces.enter()
        namespaces.mount_folder(folder, os.sysconf("SC_PAGE_SIZE"))
        if os.waitpid(_fork(lambda: None), 0)[1] != 0:
            raise OSError("no process begins in the new namespace")

    granted = {
        "landlock_abi": abi if abi and _succeeds(raise_walls) else 0,
        "seccomp": machine and _succeeds(filter_calls),
        "user_namespaces": _succeeds(unshare),
    }
    sys.stdout.write(json.dumps(granted))


def _prepare(order: Order) -> Walls:
    """Everything that needs the launcher's rights: namespaces, the folder, the ruleset."""
    fresh_count = order.namespaces and os.geteuid() != 0
    if order.namespaces:
        namespaces.enter()
        namespaces.mount_folder(order.work, order.folder_bytes)
    copy_program(order.root)
    uid = privileges.unprivileged_uid(order.work)
    paths = (interpreter.binary(), interpreter.library(), os.path.dirname(order.root))
    others = 1 if fresh_count else (0 if uid != os.geteuid() else limits.tasks_of(uid))
    return Walls(
        uid=uid,
        keep_reading=uid != os.geteuid() and not privileges.reachable(paths),
        tasks=order.processes + INIT_TASKS + others,
        ruleset=landlock.ruleset(interpreter.rules(order.work), order.landlock_abi),
    )


def _clear(order: Order) -> None:
    """Remove the folder in the place of a caller that died."""
    if order.namespaces:
        with suppress(OSError):  # it was never mounted
            unmount(order.work)
    remove(Path(order.root))


def _init(order: Order, walls: Walls, report: int) -> None:
    """First process inside: no rights left, hidden from the program, reaps orphans, ends when the program does."""
    privileges.drop(walls.uid, keep_reading=walls.keep_reading)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    program = _fork(lambda: _program(order, walls, report))
    prctl(PR_SET_DUMPABLE, 0)
    _silence()
    while True:
        ended, status = os.wait()
        if ended == program:
            _tell(report, status=status)
            return


def _program(order: Order, walls: Walls, report: int) -> NoReturn:
    """Raise the last walls, of which there is no coming back, and become the program."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    os.chdir(order.work)
    os.umask(0o077)
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    environment = {"HOME": order.work, "TMPDIR": order.work, "LANG": "C.UTF-8"}
    signals_confined = order.namespaces or order.landlock_abi >= landlock.SCOPE_ABI
    calls = seccomp.assemble(
        platform.machine(), abi=order.landlock_abi, signals_confined=signals_confined, own_pid=os.getpid()
    )
    limits.impose(
        cpu_seconds=order.cpu_seconds,
        memory_bytes=order.memory_bytes,
        file_bytes=order.file_bytes,
        open_files=order.open_files,
        tasks=walls.tasks,
    )
    landlock.restrict(walls.ruleset)
    seccomp.install(calls)
    try:
        if order.argv[0] == "python":
            command = interpreter.binary()
            os.execve(command, [command, *interpreter.FLAGS, *order.argv[1:]], environment)
        os.execve(f"./{order.argv[0]}", order.argv, environment)
    except OSError as refused:
        os.write(2, f"cannot execute {order.argv[0]}: {refused.strerror}\n".encode("utf-8", "replace"))
    os._exit(CANNOT_EXECUTE)


def _fork(body: Callable[[], None]) -> int:
    """Fork; the child runs ``body`` and never returns: 0 when it did, 1 with a failure reported when it raised."""
    child = os.fork()
    if child != 0:
        return child
    try:
        body()
    except BaseException as failure:  # a fork must never return into its parent's code, whatever happened
        if len(sys.argv) > 2:
            _tell(int(sys.argv[1]), failure=repr(failure))
        os._exit(1)
    os._exit(0)


def _succeeds(attempt: Callable[[], None]) -> bool:
    return os.waitpid(_fork(attempt), 0)[1] == 0


def _silence() -> None:
    """Let go of the program's standard streams, so that their other ends see when the program does."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    os.close(nothing)


def _read_order(descriptor: int) -> Order:
    """Four bytes of length, then JSON; not a byte more is read, since what follows means the end."""
    size = int.from_bytes(_read_exactly(descriptor, ORDER_PREFIX_BYTES))
    return Order(**json.loads(_read_exactly(descriptor, size)))


def _read_exactly(descriptor: int, size: int) -> bytes:
    content = b""
    while len(content) < size:
        chunk = os.read(descriptor, size - len(content))
        if not chunk:
            raise SystemExit("the order broke off")
        content += chunk
    return content


def _tell(report: int, **facts: Any) -> None:
    os.write(report, json.dumps(facts).encode() + b"\n")
