"""Whose folder it is: accepted, refused untouched, held by one."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest
from tests.adapters.db.conftest import Hold, Start

from harmony.adapters.db.data_folder import (
    HOLDER_GONE_WAIT_SECONDS,
    LAYOUT,
    LOCK_FILE,
    MARKER_FILE,
    claim,
)
from harmony.adapters.db.default_folder import default_data_folder
from harmony.adapters.db.errors import (
    DataFolderDamaged,
    DataFolderForeign,
    DataFolderHeld,
    DataFolderNewer,
    DataFolderOfAnother,
    DataFolderOlder,
    DataFolderUnreachable,
    DurabilityMismatch,
)
from harmony.kernel.clock import SystemClock, VirtualClock


def picture(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """All that could change in a small folder: names, modes, times, contents; the lock file aside."""
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
        if path.name != LOCK_FILE
    }


@pytest.mark.asyncio
async def test_an_existing_empty_folder_is_accepted_and_closed_to_others(base: Path, start: Start) -> None:
    folder = base / "data"
    folder.mkdir(mode=0o777)
    (folder / "lost+found").mkdir()
    await start(folder, durable=False)
    assert folder.stat().st_mode & 0o066 == 0


@pytest.mark.asyncio
async def test_missing_parents_are_made(base: Path, start: Start) -> None:
    server = await start(base / "one/two/data", durable=False)
    assert server.data_dir == base / "one/two/data"


@pytest.mark.asyncio
async def test_a_folder_with_something_else_in_it_is_refused_untouched(base: Path, start: Start) -> None:
    (base / "thesis").mkdir(mode=0o755)
    (base / "thesis/chapter.txt").write_text("my life's work")
    before = picture(base)
    with pytest.raises(DataFolderForeign, match="thesis") as refused:
        await start(base / "thesis")
    assert picture(base) == before
    assert not (base / "thesis" / LOCK_FILE).exists()
    assert "--data" in refused.value.hint


@pytest.mark.asyncio
async def test_somebody_elses_cluster_is_refused_untouched(base: Path, start: Start) -> None:
    (base / "pg").mkdir()
    (base / "pg/PG_VERSION").write_text("18\n")
    before = picture(base)
    with pytest.raises(DataFolderForeign):
        await start(base / "pg")
    assert picture(base) == before


@pytest.mark.asyncio
async def test_a_file_is_no_folder(base: Path, start: Start) -> None:
    (base / "file").write_text("")
    with pytest.raises(DataFolderForeign):
        await start(base / "file")
    with pytest.raises(DataFolderUnreachable):
        await start(base / "file/below")


@pytest.mark.asyncio
async def test_a_newer_layout_is_refused_untouched(base: Path) -> None:
    (base / "data").mkdir()
    (base / "data" / MARKER_FILE).write_text(json.dumps({"layout": LAYOUT + 1, "something": "new"}))
    before = picture(base)
    with pytest.raises(DataFolderNewer, match=f"layout {LAYOUT + 1}"):
        await claim(base / "data", durable=True, clock=SystemClock())
    assert picture(base) == before


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"layout": "1", "durable": true, "cluster_made": true}'])
@pytest.mark.asyncio
async def test_an_unreadable_marker_is_refused_untouched(base: Path, text: str) -> None:
    (base / "data").mkdir()
    (base / "data" / MARKER_FILE).write_text(text)
    before = picture(base)
    with pytest.raises(DataFolderDamaged, match=MARKER_FILE):
        await claim(base / "data", durable=True, clock=SystemClock())
    assert picture(base) == before


@pytest.mark.parametrize(
    ("version", "refusal"), [("19", DataFolderNewer), ("17", DataFolderOlder), ("?", DataFolderDamaged)]
)
@pytest.mark.asyncio
async def test_a_cluster_of_another_major_version_is_refused_and_the_folder_freed(
    base: Path, start: Start, version: str, refusal: type[Exception]
) -> None:
    server = await start(base / "data", durable=False)
    await server.stop()
    (base / "data/postgres/PG_VERSION").write_text(version)
    with pytest.raises(refusal):
        await start(base / "data", durable=False)
    (base / "data/postgres/PG_VERSION").write_text("18\n")
    await start(base / "data", durable=False)


@pytest.mark.asyncio
async def test_a_lost_database_is_reported_never_replaced_by_an_empty_one(base: Path, start: Start) -> None:
    server = await start(base / "data", durable=False)
    await server.stop()
    shutil.rmtree(base / "data/postgres")
    with pytest.raises(DataFolderDamaged, match="gone"):
        await start(base / "data", durable=False)


@pytest.mark.asyncio
async def test_a_first_start_that_was_cut_short_is_begun_again(base: Path, start: Start) -> None:
    claimed = await claim(base / "data", durable=False, clock=SystemClock())
    (base / "data/postgres.new-0badcafe/base").mkdir(parents=True)
    claimed.release()
    await start(base / "data", durable=False)
    assert not list((base / "data").glob("postgres.new-*"))


@pytest.mark.asyncio
async def test_a_folder_keeps_the_durability_it_was_made_with(base: Path) -> None:
    for made, asked in ((True, False), (False, True)):
        folder = base / f"durable-{made}"
        (await claim(folder, durable=made, clock=SystemClock())).release()
        with pytest.raises(DurabilityMismatch):
            await claim(folder, durable=asked, clock=SystemClock())
        (await claim(folder, durable=made, clock=SystemClock())).release()


@pytest.mark.asyncio
async def test_a_second_harmony_is_refused_with_the_holders_pid_and_the_way_out(
    base: Path, hold: Hold, start: Start
) -> None:
    held = await hold(base / "data")
    with pytest.raises(DataFolderHeld, match=f"process {held.process.pid}") as refused:
        await start(base / "data")
    assert refused.value.details["pid"] == held.process.pid
    assert "--data" in refused.value.hint and "--port-offset" in refused.value.hint
    await asyncio.to_thread(held.process.communicate)
    await start(base / "data")


@pytest.mark.asyncio
async def test_a_lock_that_outlives_its_dead_holder_is_waited_for_but_not_for_ever(base: Path) -> None:
    (await claim(base / "data", durable=True, clock=SystemClock())).release()
    clock = VirtualClock()
    with (base / "data" / LOCK_FILE).open("w") as lingering:
        fcntl.flock(lingering, fcntl.LOCK_EX)
        waiting = asyncio.create_task(claim(base / "data", durable=True, clock=clock))
        await asyncio.sleep(0)
        clock.advance(HOLDER_GONE_WAIT_SECONDS - 0.1)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
        clock.advance(0.2)
        with pytest.raises(DataFolderHeld):
            await waiting
    (await claim(base / "data", durable=True, clock=clock)).release()


@pytest.mark.asyncio
async def test_cancelling_a_start_frees_the_folder(base: Path, start: Start) -> None:
    starting = asyncio.create_task(start(base / "data", durable=False))
    while not (base / "data" / MARKER_FILE).exists():
        await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    await start(base / "data", durable=False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.asyncio
async def test_a_folder_of_another_user_is_refused_untouched(base: Path, start: Start) -> None:
    (base / "data").mkdir()
    os.chown(base / "data", 12345, 12345)
    before = picture(base)
    with pytest.raises(DataFolderOfAnother, match="12345"):
        await start(base / "data")
    assert picture(base) == before


@pytest.mark.parametrize(
    ("environ", "uid", "expected"),
    [
        ({"HOME": "/home/ada"}, 1000, "/home/ada/.local/share/harmony"),
        ({"HOME": "/home/ada", "XDG_DATA_HOME": "/data/ada"}, 1000, "/data/ada/harmony"),
        ({"HOME": "/home/ada", "XDG_DATA_HOME": "relative"}, 1000, "/home/ada/.local/share/harmony"),
        ({"HOME": "/root", "XDG_DATA_HOME": "/data/root"}, 0, "/var/lib/harmony"),
    ],
)
def test_the_default_folder_follows_the_user(environ: dict[str, str], uid: int, expected: str) -> None:
    assert default_data_folder(environ, uid) == Path(expected)
