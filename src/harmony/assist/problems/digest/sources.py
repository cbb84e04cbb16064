"""Where logs come from: files, folders, .gz, CI archives. Everything streams; what unpacks without end is refused."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from harmony.assist.problems.digest.errors import ArchiveTooLarge, BadArchive, NoLog, NotText
from harmony.assist.problems.digest.lines import CHUNK_BYTES

UNPACKED_LIMIT_BYTES = 4 * 1024**3
RATIO_FREE_BYTES = 64 * 1024**2
"""Up to this size anything may unpack; beyond it only with an honest ratio."""
RATIO_LIMIT = 400
LOGS_LIMIT = 5_000
LOG_ENDINGS = (".log", ".txt", ".out", ".gz", ".zip", ".err")
GZIP_MARK, ZIP_MARK = b"\x1f\x8b", b"PK\x03\x04"


class Log(NamedTuple):
    """One log: its name for a person, and its bytes in chunks. ``chunks`` may be asked for once."""

    name: str
    chunks: Iterator[bytes]


class Stream(Protocol):
    """What can be read from; ``read`` gives at most ``size`` bytes, none at the end."""

    def read(self, size: int, /) -> bytes: ...


def logs_at(path: Path, *, any_file: bool = False, pipes: bool = False) -> Iterator[Log]:
    """All logs at a path: a file, every log of a folder (or ``any_file``), every log of an archive; with ``pipes`` also
    what a shell gives for ``<(command)``. Raises NoLog, BadArchive."""
    if path.is_dir():
        yield from _of_folder(path, ("",) if any_file else LOG_ENDINGS)
        return
    if pipes and path.is_fifo():
        yield Log(str(path), _of_file(path))
        return
    if not path.is_file():
        raise NoLog(f"there is no file {path.name!r} to read", field="path")
    with path.open("rb") as file:
        mark = file.read(4)
    if mark == ZIP_MARK:
        reader = "harmony.assist.problems.digest.archives"
        archives = importlib.import_module(reader)  # tidy: ok(import-at-top): filters start at once, few read archives
        for name, chunks in archives.logs_in(path):
            yield Log(name, chunks)
    else:
        yield Log(str(path), _of_file(path))


def log_of_stream(stream: Stream, name: str = "-") -> Log:
    """The log on an open stream, unpacked if it is a .gz; a .zip cannot be read from a stream."""
    return Log(name, _of_stream(stream))


def _of_folder(folder: Path, endings: tuple[str, ...]) -> Iterator[Log]:
    found = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name.lower().endswith(endings):
            found += 1
            if found > LOGS_LIMIT:
                raise ArchiveTooLarge(f"the folder holds more than {LOGS_LIMIT} logs", field="path")
            yield from logs_at(path)
    if not found:
        raise NoLog(f"the folder {folder.name!r} holds no log", field="path")


def _of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _of_stream(file)


def _of_stream(stream: Stream) -> Iterator[bytes]:
    first = stream.read(CHUNK_BYTES)
    if first.startswith(ZIP_MARK):
        raise NotText("an archive cannot be read from standard input; give it as a file", field="path")
    if first.startswith(GZIP_MARK):
        yield from _gunzipped(first, stream)
        return
    while first:
        yield first
        first = stream.read(CHUNK_BYTES)


def _gunzipped(packed: bytes, stream: Stream) -> Iterator[bytes]:
    """All members of a .gz, chunk by chunk; a cut-off end is let pass, as a log may still be written."""
    machine, n_packed, n_unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16), len(packed), 0
    while packed:
        try:
            text = machine.decompress(packed, CHUNK_BYTES)
        except zlib.error:
            raise BadArchive("this .gz is damaged", field="path") from None
        n_unpacked += len(text)
        bounded(n_packed, n_unpacked)
        if text:
            yield text
        packed = machine.unconsumed_tail
        if machine.eof:
            packed = machine.unused_data
            machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
            packed = packed if packed.startswith(GZIP_MARK) else b""
        if not packed:
            packed = stream.read(CHUNK_BYTES)
            n_packed += len(packed)


def bounded(n_packed: int, n_unpacked: int) -> None:
    """Refuse what unpacks without end."""
    if n_unpacked > UNPACKED_LIMIT_BYTES:
        raise ArchiveTooLarge(f"it unpacks to more than {UNPACKED_LIMIT_BYTES // 1024**3} GB", field="path")
    if n_unpacked > RATIO_FREE_BYTES and n_unpacked > RATIO_LIMIT * max(1, n_packed):
        raise ArchiveTooLarge(f"it unpacks to more than {RATIO_LIMIT} times its size", field="path")
