"""A redaction session in a file of its owner: what stands behind each placeholder, readable by nobody else.

One JSON object a line, only ever appended to, so that a redaction and the restoring behind it in the same pipe can use
one file at the same time, and a killed process loses nothing that it gave out.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmony.kernel.redaction.errors import SessionInvalid
from harmony.kernel.redaction.session import Issued

FILE_LIMIT_BYTES = 256 * 1024**2
FIRST_LINE = {"harmony": "redaction session", "version": 1}

_PLACEHOLDER = re.compile(r"\[((?:SECRET|PERSONAL|LITERAL):[a-z0-9-]{1,40}):([0-9]{1,9})\]\Z")


class SessionFile:
    """The session kept at ``path``; made when it is missing and ``create``. Raises ``SessionInvalid``."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self._name = path.name
        self._file = _opened(path, create=create)
        self._read = 0
        self._begun = False
        self._alone = False
        self._unasked: list[Issued] = []
        self.canaries: list[str] = []
        self._unasked = list(self.news())

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Until the end of this, nobody else adds."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._alone = True
        try:
            yield
        finally:
            self._alone = False
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def news(self) -> Iterator[Issued]:
        """What was added since this was asked last. A line that a killed process left half written is dropped."""
        yield from self._unasked
        self._unasked = []
        size = os.fstat(self._file).st_size
        if size > FILE_LIMIT_BYTES:
            raise SessionInvalid(f"{self._name!r} is larger than {FILE_LIMIT_BYTES} bytes", field="session")
        fresh = os.pread(self._file, size - self._read, self._read)
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._read += len(whole)
        if self._alone and len(whole) < len(fresh):
            os.ftruncate(self._file, self._read)
        for line in whole.splitlines():
            issued = self._entry(line)
            if issued is not None:
                yield issued

    def add(self, issued: Issued) -> None:
        """Only within ``turn``, after ``news``."""
        self._append({"placeholder": f"[{issued.stem}:{issued.number}]", "value": issued.value})

    def plant(self, canary: str) -> None:
        """Keep a known value that must never leave; later runs look for it too."""
        with self.turn():
            self._unasked = list(self.news())
            if canary not in self.canaries:
                self._append({"canary": canary})
                self.canaries.append(canary)

    def _append(self, entry: dict[str, object]) -> None:
        lines = [entry] if self._begun else [FIRST_LINE, entry]
        written = "".join(json.dumps(line) + "\n" for line in lines).encode()
        self._begun = True
        while written:
            done = os.write(self._file, written)
            self._read += done
            written = written[done:]

    def _entry(self, line: bytes) -> Issued | None:
        try:
            entry = json.loads(line)
            if not self._begun:
                self._begun = entry == FIRST_LINE
                if not self._begun:
                    raise SessionInvalid(f"{self._name!r} is no redaction session", field="session")
                return None
            if "canary" in entry:
                self.canaries.append(str(entry["canary"]))
                return None
            match, value = _PLACEHOLDER.match(entry["placeholder"]), entry["value"]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise SessionInvalid(f"{self._name!r} is damaged", field="session") from None
        if match is None or not isinstance(value, str):
            raise SessionInvalid(f"{self._name!r} is damaged", field="session")
        return Issued(match[1], int(match[2]), value)


def _opened(path: Path, *, create: bool) -> int:
    """A descriptor of a regular file that belongs to the caller alone."""
    flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        file = os.open(path, flags | (os.O_CREAT if create else 0), 0o600)
    except OSError as trouble:
        raise SessionInvalid(f"cannot open {path.name!r}: {trouble.strerror}", field="session") from None
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        raise SessionInvalid(f"{path.name!r} is no regular file", field="session")
    if found.st_uid != os.geteuid():
        raise SessionInvalid(f"{path.name!r} belongs to somebody else", field="session")
    if found.st_mode & 0o077:
        raise SessionInvalid(f"others may read {path.name!r}; it holds secrets: chmod 600", field="session")
    return file
