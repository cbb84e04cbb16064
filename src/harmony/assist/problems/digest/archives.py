"""Logs in the archives of CI services (.zip)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from harmony.assist.problems.digest.errors import ArchiveTooLarge, BadArchive, NoLog
from harmony.assist.problems.digest.lines import CHUNK_BYTES
from harmony.assist.problems.digest.sources import bounded

MEMBERS_LIMIT = 5_000


def logs_in(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and bytes of every log in the archive at ``path``. Raises BadArchive, NoLog, ArchiveTooLarge."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise BadArchive("this archive is damaged", field="path") from None
    with closing(archive):
        members = _chosen(archive.infolist())
        if not members:
            raise NoLog("the archive holds no log", field="path")
        bounded(sum(one.compress_size for one in members), sum(one.file_size for one in members))
        for member in members:
            yield f"{path}/{member.filename}", _unzipped(archive, member)


def _chosen(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The logs of a CI archive; where whole jobs lie at the top, their single steps in folders are left out."""
    if len(members) > MEMBERS_LIMIT:
        raise ArchiveTooLarge(f"the archive holds more than {MEMBERS_LIMIT} files", field="path")
    logs = [one for one in members if not one.is_dir() and one.filename.lower().endswith((".txt", ".log", ".out"))]
    top = [one for one in logs if "/" not in one.filename and "\\" not in one.filename]
    return top or logs


def _unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    n_unpacked = 0
    try:
        with archive.open(member) as file:
            while text := file.read(CHUNK_BYTES):
                n_unpacked += len(text)
                bounded(max(1, member.compress_size), n_unpacked)
                yield text
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        raise BadArchive("a file in this archive is damaged, encrypted or packed in an unknown way") from None
