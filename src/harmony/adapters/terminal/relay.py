"""Run a command, pass its output on as it is, keep the last part of it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import selectors
import signal
import struct
import subprocess
import sys
import termios
import tty
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

KEPT_BYTES = 256 * 1024
CHUNK_BYTES = 64 * 1024
NOT_FOUND = 127
NOT_EXECUTABLE = 126

_LOCAL_MODES, _CONTROL_CHARACTERS = 3, 6
"""Where ``termios`` keeps them."""
_USUAL: dict[int, list[Any]] = {}
"""How a terminal was before it was made raw."""


class Finished(NamedTuple):
    """``exit_code`` as a shell tells it (128 + signal when killed); ``output`` the last ``KEPT_BYTES``."""

    exit_code: int
    output: bytes
    truncated: bool


class Tail:
    """The last ``limit`` bytes of a stream, in bounded memory."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._chunks: deque[bytes] = deque()
        self._kept = 0
        self._added = 0

    @property
    def truncated(self) -> bool:
        return self._added > self._limit

    def add(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._kept += len(chunk)
        self._added += len(chunk)
        while self._kept - len(self._chunks[0]) >= self._limit:
            self._kept -= len(self._chunks.popleft())

    def bytes(self) -> bytes:
        return b"".join(self._chunks)[-self._limit :]


def run(command: Sequence[str]) -> Finished:
    """Run ``command`` with the caller's terminal or pipes; returns when it has ended and its output has been passed on.

    A command that cannot be started is reported as a shell does: 127 not found, 126 not executable.
    """
    tail = Tail()
    try:
        if all(map(os.isatty, (0, 1, 2))):
            code = _on_terminal(command, tail)
        else:
            code = _on_streams(command, tail)
    except (FileNotFoundError, PermissionError) as error:
        message = f"{command[0]}: {error.strerror}\n".encode()
        os.write(sys.stderr.fileno(), message)
        tail.add(message)
        code = NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE
    return Finished(code, tail.bytes(), tail.truncated)


def _on_streams(command: Sequence[str], tail: Tail) -> int:
    """What of standard output and error is a terminal stays one for the command, what is a pipe or a file becomes a
    pipe; each is passed on to the stream it belongs to. Interrupts reach the command by its process group."""
    with contextlib.ExitStack() as kept:
        out, inner_out = _channel(1)
        err, inner_err = (out, inner_out) if os.isatty(1) and os.isatty(2) else _channel(2)
        targets = {out: 1, err: 2} if out != err else {out: 1}
        for source in targets:
            kept.callback(os.close, source)
        try:
            process = subprocess.Popen(command, stdout=inner_out, stderr=inner_err)
        finally:
            for inner in {inner_out, inner_err}:
                os.close(inner)
        kept.enter_context(_interrupts_passed_to(process.pid))
        terminals = [source for source in targets if os.isatty(source)]
        if terminals:
            kept.enter_context(_resizing(targets[terminals[0]], terminals[0]))
        _pass_on(targets, tail)
        return _as_shell(process.wait())


def _channel(stream: int) -> tuple[int, int]:
    """Our end and the command's: of a pseudo-terminal of the same size where ``stream`` is one, else of a pipe."""
    if not os.isatty(stream):
        return os.pipe()
    ours, inner = pty.openpty()
    _copy_size(stream, inner)
    return ours, inner


def _pass_on(targets: dict[int, int], tail: Tail) -> None:
    waiting = dict(targets)
    with selectors.DefaultSelector() as selector:
        for source in waiting:
            selector.register(source, selectors.EVENT_READ)
        while waiting:
            for key, _ in selector.select():
                chunk = _read(key.fd)
                if chunk:
                    tail.add(chunk)
                    _write(waiting[key.fd], chunk)
                else:
                    selector.unregister(key.fd)
                    del waiting[key.fd]


def _on_terminal(command: Sequence[str], tail: Tail) -> int:
    """A pseudo-terminal of the same size; keys pass through raw, so Ctrl-C is the command's to handle."""
    process, master = pty.fork()
    if process == 0:
        _become(command)
    _copy_size(1, master)
    try:
        with _raw(0), _resizing(1, master):
            _shuttle(master, tail)
    finally:
        os.close(master)
    _, status = os.waitpid(process, 0)
    return _as_shell(os.waitstatus_to_exitcode(status))


def _become(command: Sequence[str]) -> NoReturn:
    """In the child: be the command, or say as a shell would why that cannot be."""
    try:
        os.execvp(command[0], list(command))
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE)


def _shuttle(master: int, tail: Tail) -> None:
    """Pass bytes both ways until the command's side of the terminal is closed."""
    keys = 0
    with selectors.DefaultSelector() as selector:
        selector.register(master, selectors.EVENT_READ)
        selector.register(keys, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                chunk = _read(key.fd)
                if key.fd == master:
                    if not chunk:
                        return
                    tail.add(chunk)
                    _write(1, chunk)
                elif not chunk:
                    selector.unregister(keys)
                else:
                    _press(master, chunk)


def _press(master: int, keys: bytes) -> None:
    """Hand keys on. Where the command's terminal stops programs by a key (Ctrl-Z), both stop, and go on together."""
    modes = termios.tcgetattr(master)
    stop = modes[_CONTROL_CHARACTERS][termios.VSUSP]
    if not (modes[_LOCAL_MODES] & termios.ISIG) or stop == b"\0" or stop not in keys:
        _write(master, keys)
        return
    before, _, after = keys.partition(stop)
    _write(master, before)
    running = os.tcgetpgrp(master)
    # Nobody of the command's own session would wake it, so the usual stop signal is ignored there.
    _signal_group(running, signal.SIGSTOP)
    raw = termios.tcgetattr(0)
    with contextlib.suppress(termios.error):
        termios.tcsetattr(0, termios.TCSADRAIN, _USUAL.get(0, raw))
    os.kill(0, signal.SIGSTOP)
    with contextlib.suppress(termios.error):
        termios.tcsetattr(0, termios.TCSADRAIN, raw)
    _copy_size(1, master)
    _signal_group(running, signal.SIGCONT)
    _write(master, after)


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _read(source: int) -> bytes:
    """What is there; nothing at the end, which Linux tells as EIO when the last holder closed a pseudo-terminal."""
    try:
        return os.read(source, CHUNK_BYTES)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return b""


@contextlib.contextmanager
def _raw(terminal: int) -> Iterator[None]:
    before = _USUAL[terminal] = termios.tcgetattr(terminal)
    tty.setraw(terminal)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _resizing(terminal: int, master: int) -> Iterator[None]:
    before = signal.signal(signal.SIGWINCH, lambda *_: _copy_size(terminal, master))
    try:
        yield
    finally:
        signal.signal(signal.SIGWINCH, before)


@contextlib.contextmanager
def _interrupts_passed_to(process: int) -> Iterator[None]:
    """The terminal sends Ctrl-C to both; this side only waits. A terminate meant for us is passed on."""
    before_int = signal.signal(signal.SIGINT, signal.SIG_IGN)
    before_term = signal.signal(signal.SIGTERM, lambda number, _: os.kill(process, number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before_int)
        signal.signal(signal.SIGTERM, before_term)


def _copy_size(source: int, target: int) -> None:
    with contextlib.suppress(OSError):
        size = fcntl.ioctl(source, termios.TIOCGWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
        fcntl.ioctl(target, termios.TIOCSWINSZ, size)


def _write(target: int, data: bytes) -> None:
    """Everything, or as much as the reader wanted: a closed reader is no reason to end the command."""
    with contextlib.suppress(BrokenPipeError):
        while data:
            data = data[os.write(target, data) :]


def _as_shell(code: int) -> int:
    return 128 - code if code < 0 else code
