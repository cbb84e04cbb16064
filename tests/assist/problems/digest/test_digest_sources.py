"""Files, folders, .gz and archives; what is damaged or unpacks without end is refused by name."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from harmony.assist.problems.digest import archives, sources
from harmony.assist.problems.digest.errors import ArchiveTooLarge, BadArchive, NoLog, NotText

TEXT = b"== 1 failed, 2 passed in 0.12s ==\n"


def read(path: Path) -> dict[str, bytes]:
    return {Path(log.name).name: b"".join(log.chunks) for log in sources.logs_at(path)}


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in members.items():
            zipped.writestr(name.replace("__", "/") + ".txt", text)
    return path


def test_a_plain_and_a_packed_log_read_alike(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(TEXT)
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(TEXT) + gzip.compress(TEXT))
    assert read(tmp_path) == {"a.log": TEXT, "b.log.gz": TEXT * 2}


def test_whole_jobs_of_an_archive_are_read_and_their_steps_left_out(tmp_path: Path) -> None:
    path = archive(tmp_path / "logs.zip", **{"0_build": TEXT, "build__1_Set up": b"x", "build__2_Test": TEXT})
    assert read(path) == {"0_build.txt": TEXT}
    only_steps = archive(tmp_path / "steps.zip", build__1=b"x", build__2=TEXT)
    assert set(read(only_steps)) == {"1.txt", "2.txt"}


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", big=bytes(sources.RATIO_FREE_BYTES + 1))
    with pytest.raises(ArchiveTooLarge):
        read(path)


def test_at_the_size_that_is_free_any_ratio_passes(tmp_path: Path) -> None:
    path = archive(tmp_path / "dense.zip", big=bytes(sources.RATIO_FREE_BYTES))
    assert len(read(path)["big.txt"]) == sources.RATIO_FREE_BYTES


def test_a_packed_stream_without_end_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO(gzip.compress(b"a" * (sources.RATIO_FREE_BYTES + sources.CHUNK_BYTES + 1)))
    with pytest.raises(ArchiveTooLarge):
        for _ in sources.log_of_stream(packed).chunks:
            pass


def test_a_packed_log_that_is_still_written_is_read_as_far_as_it_goes() -> None:
    packed = gzip.compress(b"".join(f"line {at} {at * 7919 % 1000}\n".encode() for at in range(20_000)))
    text = b"".join(sources.log_of_stream(io.BytesIO(packed[: len(packed) // 2])).chunks)
    assert text.startswith(b"line 0 ")


def test_more_members_than_the_limit_are_refused(tmp_path: Path) -> None:
    fits = archive(tmp_path / "fits.zip", **{f"{at}": b"x" for at in range(3)})
    assert len(read(fits)) == 3
    members = [zipfile.ZipInfo(f"{at}.txt") for at in range(archives.MEMBERS_LIMIT + 1)]
    assert len(archives._chosen(members[:-1])) == archives.MEMBERS_LIMIT
    with pytest.raises(ArchiveTooLarge):
        archives._chosen(members)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.zip", b"PK\x03\x04 broken", BadArchive),
        ("a.gz", b"\x1f\x8b broken", BadArchive),
    ],
)
def test_damage_is_named(tmp_path: Path, name: str, data: bytes, refusal: type[Exception]) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(refusal):
        read(tmp_path / name)


def test_nothing_to_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoLog):
        read(tmp_path / "missing.log")
    with pytest.raises(NoLog):
        read(tmp_path)
    with pytest.raises(NotText):
        list(sources.log_of_stream(io.BytesIO(b"PK\x03\x04rest")).chunks)
