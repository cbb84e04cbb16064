"""Unpacking what nobody trusts: plain files come out, bombs and tricks do not."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.settlement.verifiers.errors import ArchiveRefused
from harmony.settlement.verifiers.model import UNPACKED_FILES_LIMIT, UNPACKED_LIMIT_BYTES
from harmony.settlement.verifiers.service.unpack import unpack

FILES = {"main.py": b"print(1)\n", "data/input.txt": b"x" * 3_000}


def zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return held.getvalue()


def tarred(files: Mapping[str, bytes], mode: Any = "w", **changes: object) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            for name, value in changes.items():
                setattr(member, name, value)
            archive.addfile(member, io.BytesIO(content))
    return held.getvalue()


def with_folders() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.mkdir("data")
        archive.writestr("data/x", b"1")
    return held.getvalue()


@pytest.mark.parametrize("content", [zipped(FILES), tarred(FILES), tarred(FILES, "w:gz")])
def test_an_archive_gives_its_files(content: bytes) -> None:
    assert unpack(content) == FILES


def test_what_is_no_archive_is_the_program_itself() -> None:
    assert unpack(b"print(1)\n") == {"main.py": b"print(1)\n"}


def test_folders_and_leading_dots_are_passed_over() -> None:
    assert unpack(with_folders()) == {"data/x": b"1"}
    assert unpack(tarred({"./main.py": b"1"})) == {"main.py": b"1"}


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../x", "a//x", "a\\x", "line\nbreak", "a/./x"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_is_not_plain_is_refused(path: str, pack: Any) -> None:
    with pytest.raises(ArchiveRefused):
        unpack(pack({path: b"1"}))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_come_out_of_a_tar(kind: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        unpack(tarred({"main.py": b""}, type=kind, linkname="/etc/hostname"))


def test_a_link_in_a_zip_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        entry = zipfile.ZipInfo("main.py")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/hostname")
    with pytest.raises(ArchiveRefused):
        unpack(held.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_is_not_unpacked_in_small_pieces_is_refused(method: int) -> None:
    """289 bytes of bzip2 can be 200 MB, in one piece."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("main.py", "print(1)")
    with pytest.raises(ArchiveRefused, match="stored or deflated"):
        unpack(held.getvalue())


def test_a_path_that_occurs_twice_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("main.py", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("main.py", b"2")
    with pytest.raises(ArchiveRefused):
        unpack(held.getvalue())


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_so_many_files_and_no_more(pack: Any) -> None:
    files = {f"f{number}": b"" for number in range(UNPACKED_FILES_LIMIT)}
    assert len(unpack(pack(files))) == UNPACKED_FILES_LIMIT
    with pytest.raises(ArchiveRefused, match="at most"):
        unpack(pack(files | {"one-more": b""}))


def test_so_many_bytes_and_no_more_however_small_the_archive() -> None:
    most = bytes(UNPACKED_LIMIT_BYTES)
    assert unpack(zipped({"a": most[:-1], "b": b"1"})) == {"a": most[:-1], "b": b"1"}
    for bomb in (zipped({"a": most, "b": b"1"}), tarred({"a": most + b"1"}, "w:gz"), gzip.compress(bytes(10**8))):
        assert len(bomb) < 200_000
        with pytest.raises(ArchiveRefused, match="at most"):
            unpack(bomb)


@pytest.mark.parametrize(
    "content",
    [zipped(FILES)[:-30], zipped(FILES)[:60], tarred(FILES, "w:gz")[:-20], gzip.compress(b"no tar"), zipped({})],
    ids=["zip cut at its end", "zip cut at its begin", "tar cut", "no tar", "nothing in it"],
)
def test_what_is_broken_or_empty_is_refused(content: bytes) -> None:
    if content == zipped({}):
        assert unpack(content) == {"main.py": content}
    else:
        with pytest.raises(ArchiveRefused):
            unpack(content)


@given(st.sampled_from([zipped(FILES), tarred(FILES), tarred(FILES, "w:gz")]), st.data())
def test_damage_is_refused_or_harmless_and_never_anything_else(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = unpack(bytes(damaged))
    except ArchiveRefused:
        return
    assert all(".." not in path.split("/") and not path.startswith("/") for path in found)
