"""Unpack a deliverable that nobody trusts: bounded by what really comes out, never by what an archive announces."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from harmony.settlement.verifiers.errors import ArchiveRefused
from harmony.settlement.verifiers.model import SINGLE_FILE, UNPACKED_FILES_LIMIT, UNPACKED_LIMIT_BYTES

ZIP_MAGIC, GZIP_MAGIC = b"PK\x03\x04", b"\x1f\x8b"
TAR_MAGIC, TAR_MAGIC_OFFSET = b"ustar", 257
TAR_OVERHEAD_BYTES = 2 * 1024 * UNPACKED_FILES_LIMIT + 64 * 1024
"""Headers and padding of a tar beside the content itself."""
ZIP_ENTRIES_LIMIT_BYTES = 1024 * 1024
"""The list of entries is read whole; one that is longer is no honest archive of few files."""

_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    OSError,
)


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a deliverable by path: those of a zip, tar or tar.gz, otherwise the content as ``SINGLE_FILE``.

    Raises ``ArchiveRefused`` for what is broken, encrypted, beyond the limits, or not plain files at plain paths.
    Blocks while it works: call it in a thread.
    """
    try:
        return _read(content)
    except _BROKEN as error:  # what the standard library raises for damaged archives is not one family
        raise ArchiveRefused("the archive cannot be read") from error


def _read(content: bytes) -> dict[str, bytes]:
    if content.startswith(ZIP_MAGIC):
        return _bounded(_zip_entries(content))
    if content.startswith(GZIP_MAGIC):
        content = _gunzip(content)
        if not _is_tar(content):
            raise ArchiveRefused("what was compressed with gzip is not a tar")
    if _is_tar(content):
        return _bounded(_tar_entries(content))
    return _bounded(iter([(SINGLE_FILE, io.BytesIO(content))]))


def _is_tar(content: bytes) -> bool:
    return content[TAR_MAGIC_OFFSET : TAR_MAGIC_OFFSET + len(TAR_MAGIC)] == TAR_MAGIC


def _bounded(entries: Iterator[tuple[str, IO[bytes]]]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = UNPACKED_LIMIT_BYTES
    for path, stream in entries:
        if not _plain(path):
            raise ArchiveRefused("a path in the archive is not a plain relative path")
        if path in files:
            raise ArchiveRefused("a path occurs twice in the archive")
        if len(files) == UNPACKED_FILES_LIMIT:
            raise ArchiveRefused(f"an archive holds at most {UNPACKED_FILES_LIMIT} files")
        files[path] = stream.read(left + 1)
        left -= len(files[path])
        if left < 0:
            raise ArchiveRefused(f"unpacked, a deliverable holds at most {UNPACKED_LIMIT_BYTES} bytes")
    if not files:
        raise ArchiveRefused("the archive holds no files")
    return files


def _zip_entries(content: bytes) -> Iterator[tuple[str, IO[bytes]]]:
    if _zip_directory_bytes(content) > ZIP_ENTRIES_LIMIT_BYTES:
        raise ArchiveRefused(f"an archive holds at most {UNPACKED_FILES_LIMIT} files")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            # The others are unpacked in pieces of any size: a few hundred bytes of bzip2 fill all memory.
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ArchiveRefused("the files of a zip are stored or deflated")
            if entry.external_attr >> 16 & 0o170000 not in (0, 0o100000):
                raise ArchiveRefused("an archive holds plain files only")
            with archive.open(entry) as stream:
                yield entry.filename, stream


def _zip_directory_bytes(content: bytes) -> int:
    """The size of the list of entries as the end record gives it; it lies in the archive, so no more is read."""
    end = content.rfind(b"PK\x05\x06")
    return int.from_bytes(content[end + 12 : end + 16], "little") if end >= 0 else 0


def _tar_entries(content: bytes) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            if member.isdir():
                continue
            stream = archive.extractfile(member) if member.isreg() and not member.issparse() else None
            if stream is None:
                raise ArchiveRefused("an archive holds plain files only")
            yield member.name.removeprefix("./"), stream


def _gunzip(content: bytes) -> bytes:
    limit = UNPACKED_LIMIT_BYTES + TAR_OVERHEAD_BYTES
    reader = zlib.decompressobj(wbits=31)
    unpacked = reader.decompress(content, limit + 1)
    if len(unpacked) > limit:
        raise ArchiveRefused(f"unpacked, a deliverable holds at most {UNPACKED_LIMIT_BYTES} bytes")
    if not reader.eof:
        raise ArchiveRefused("the archive ends too early")
    return unpacked


def _plain(path: str) -> bool:
    parts = path.split("/")
    return all(part not in ("", ".", "..") for part in parts) and path.isprintable() and "\\" not in path
