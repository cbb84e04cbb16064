"""The server's log: two bounded files in the data folder, and the last lines at hand for an error message."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from pathlib import Path

LOG_FILE = "postgres.log"
OLD_LOG_FILE = "postgres.log.1"
LOG_LIMIT_BYTES = 5 * 1024 * 1024
"""Each of the two files; the older one is given up when the newer is full."""
LINE_LIMIT_BYTES = 16 * 1024
TAIL_LINES = 20


class ServerLog:
    """Drains a pipe in a thread of its own: a busy event loop must never make PostgreSQL wait for its log."""

    def __init__(self, folder: Path, limit_bytes: int = LOG_LIMIT_BYTES) -> None:
        self._path = folder / LOG_FILE
        self._old_path = folder / OLD_LOG_FILE
        self._limit_bytes = limit_bytes
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._thread: threading.Thread | None = None

    def open(self) -> int:
        """The writing end of a fresh pipe, for the server; the caller closes its own copy after spawning."""
        reading, writing = os.pipe()
        self._tail.clear()
        self._thread = threading.Thread(target=self._drain, args=(reading,), name="postgres-log", daemon=True)
        self._thread.start()
        return writing

    def tail(self) -> str:
        """The last lines, oldest first."""
        return "\n".join(tuple(self._tail))

    def last_line(self) -> str:
        return self._tail[-1] if self._tail else ""

    def settle(self, seconds: float) -> bool:
        """Wait until every process that writes here has ended; False if some has not after ``seconds``."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _drain(self, reading: int) -> None:
        with os.fdopen(reading, "rb") as pipe:
            while line := pipe.readline(LINE_LIMIT_BYTES):
                self._tail.append(line.decode(errors="replace").rstrip())
                with contextlib.suppress(OSError):  # a full disk costs log lines, never a server blocked on its log
                    self._keep(line)

    def _keep(self, line: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        descriptor = os.open(self._path, flags, 0o600)
        try:
            if os.fstat(descriptor).st_size + len(line) > self._limit_bytes:
                self._path.replace(self._old_path)
                os.close(descriptor)
                descriptor = os.open(self._path, flags, 0o600)
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
