"""Run a command, pass its output on as it is, keep the last part of it."""

from __future__ import annotations

import contextlib
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
from dataclasses import dataclass
from typing import NoReturn

KEPT_BYTES = 256 * 1024
CHUNK_BYTES = 64 * 1024
NOT_FOUND = 127
NOT_EXECUTABLE = 126


@dataclass(frozen=True, slots=True)
class Finished:
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
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        code = _on_terminal(command, tail) if on_terminal else _on_pipes(command, tail)
    except (FileNotFoundError, PermissionError) as error:
        message = f"{command[0]}: {error.strerror}\n".encode()
        os.write(sys.stderr.fileno(), message)
        tail.add(message)
        code = NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE
    return Finished(code, tail.bytes(), tail.truncated)


def _on_pipes(command: Sequence[str], tail: Tail) -> int:
    """Two pipes, each passed on to the stream it belongs to. Interrupts reach the command by its process group."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    targets = {process.stdout.fileno(): 1, process.stderr.fileno(): 2}
    with _interrupts_passed_to(process.pid), selectors.DefaultSelector() as selector:
        for source in targets:
            selector.register(source, selectors.EVENT_READ)
        while targets:
            for key, _ in selector.select():
                chunk = os.read(key.fd, CHUNK_BYTES)
                if chunk:
                    tail.add(chunk)
                    _write(targets[key.fd], chunk)
                else:
                    selector.unregister(key.fd)
                    del targets[key.fd]
        return _as_shell(process.wait())


def _on_terminal(command: Sequence[str], tail: Tail) -> int:
    """A pseudo-terminal of the same size; keys pass through raw, so Ctrl-C is the command's to handle."""
    process, master = pty.fork()
    if process == 0:
        _become(command)
    _copy_size(sys.stdout.fileno(), master)
    try:
        with _raw(sys.stdin.fileno()), _resizing(master):
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
    keys = sys.stdin.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(master, selectors.EVENT_READ)
        selector.register(keys, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                try:
                    chunk = os.read(key.fd, CHUNK_BYTES)
                except OSError:  # Linux answers EIO once the last holder of the other side has closed it
                    return
                if key.fd == master:
                    if not chunk:
                        return
                    tail.add(chunk)
                    _write(sys.stdout.fileno(), chunk)
                elif chunk:
                    _write(master, chunk)
                else:
                    selector.unregister(keys)


@contextlib.contextmanager
def _raw(terminal: int) -> Iterator[None]:
    before = termios.tcgetattr(terminal)
    tty.setraw(terminal)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _resizing(master: int) -> Iterator[None]:
    before = signal.signal(signal.SIGWINCH, lambda *_: _copy_size(sys.stdout.fileno(), master))
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
