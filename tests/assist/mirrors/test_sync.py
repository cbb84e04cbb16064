"""Remotes become alike, and where they have grown apart nothing is overwritten."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.assist.mirrors.repositories import World, git

from harmony.assist.mirrors import service, store
from harmony.assist.mirrors.errors import AddressRefused, ForceRefused, RepositoryUnknown, SyncBusy
from harmony.assist.mirrors.git import Git, GitFailed
from harmony.assist.mirrors.model import fingerprint
from harmony.assist.mirrors.sync import Wanted, sync
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.service import Journal


async def test_what_one_remote_lacks_is_brought_to_it_and_proven_by_object_ids(world: World) -> None:
    world.make("one", "two", "three")
    first = world.commit("once")
    git(world.work, "tag", "-a", "v1", "-m", "the first")
    world.push("one", "HEAD:refs/heads/main", "refs/tags/v1")
    world.push("two", "HEAD:refs/heads/feature/x")
    second = world.commit("once upon")
    world.push("one")
    await world.mirror("one", "two", "three")
    run = await world.sync()
    assert run.state == "synced"
    assert world.refs("one") == world.refs("two") == world.refs("three")
    assert world.refs("three")["refs/heads/main"] == second
    assert world.refs("three")["refs/heads/feature/x"] == first
    assert (run.report["hash"], run.report["commit"]) == (fingerprint(world.refs("two")), second)
    again = await world.sync()
    assert (again.state, again.report["hash"]) == ("synced", run.report["hash"])
    assert [one["lacking"] for one in again.report["remotes"]] == [0, 0, 0]
    await journal_jobs.stamp(world.database)
    told = [entry.kind for entry in await Journal(world.database).read(0)]
    assert told[-1] == "assist.mirror.synced" and told.count("assist.mirror.added") == 4


async def test_branches_that_grew_apart_stay_as_they_are_everywhere_and_the_others_go_on(world: World) -> None:
    world.make("one", "two")
    root = world.commit("root")
    world.push("one")
    world.push("two")
    left = world.commit("left", at=root)
    world.push("one")
    right = world.commit("right", at=root)
    world.push("two")
    world.push("one", f"{root}:refs/heads/other")
    await world.mirror("one", "two")
    run = await world.sync()
    assert run.state == "diverged" and run.report["hash"] is None
    [divergence] = run.report["divergences"]
    assert divergence["ref"] == "refs/heads/main" and divergence["tips"] == {"one": left, "two": right}
    assert "Nothing was overwritten" in divergence["hint"]
    assert (world.refs("one")["refs/heads/main"], world.refs("two")["refs/heads/main"]) == (left, right)
    assert world.refs("two")["refs/heads/other"] == root
    with pytest.raises(ForceRefused):
        await world.sync(force=True)
    assert (world.refs("one")["refs/heads/main"], world.refs("two")["refs/heads/main"]) == (left, right)
    git(world.work, "merge", "--quiet", "-X", "ours", "--no-edit", left)
    world.push("one")
    assert (await world.sync()).state == "synced"
    assert world.refs("one") == world.refs("two")


async def test_a_tag_is_never_moved(world: World) -> None:
    world.make("one", "two")
    first = world.commit("root")
    world.push("one", "HEAD:refs/heads/main", "HEAD:refs/tags/v1")
    second = world.commit("more")
    world.push("two", "HEAD:refs/heads/main", "HEAD:refs/tags/v1")
    await world.mirror("one", "two")
    run = await world.sync()
    assert run.state == "diverged" and "never moved" in run.report["divergences"][0]["hint"]
    assert (world.refs("one")["refs/tags/v1"], world.refs("two")["refs/tags/v1"]) == (first, second)
    assert world.refs("one")["refs/heads/main"] == second


async def test_a_dry_run_says_what_lacks_and_changes_nothing(world: World) -> None:
    world.make("one", "two")
    world.commit("root")
    world.push("one")
    await world.mirror("one", "two")
    run = await world.sync(dry_run=True)
    assert [(one["name"], one["result"], one["lacking"]) for one in run.report["remotes"]] == [
        ("one", "synced", 0),
        ("two", "behind", 1),
    ]
    assert world.refs("two") == {} and run.report["hash"] is None


async def test_a_remote_that_is_away_is_named_and_the_others_become_alike(world: World) -> None:
    world.make("one", "two", "gone")
    world.commit("root")
    world.push("one")
    await world.mirror("one", "two", "gone")
    world.bare("gone").rename(world.folder / "elsewhere")
    run = await world.sync()
    assert run.state == "failed" and run.report["hash"] is None
    assert {one["name"]: one["result"] for one in run.report["remotes"]} == {
        "one": "synced",
        "two": "synced",
        "gone": "offline",
    }
    async with world.database.reading() as connection:
        remotes = {one.name: one for one in await service.list_remotes(connection, "story")}
        found = await service.find_repository(connection, "story")
    assert (remotes["gone"].online, remotes["two"].last_result) == (False, "synced") and remotes["gone"].last_error
    assert (found.syncs_total, found.errors_total) == (1, 1)
    (world.folder / "elsewhere").rename(world.bare("gone"))
    assert (await world.sync()).state == "synced"


async def test_hooks_of_a_remote_do_not_run_here(world: World) -> None:
    world.make("one", "two")
    world.commit("root")
    world.push("one")
    hook = world.bare("two") / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {world.folder}/ran\nexit 1\n")
    hook.chmod(0o755)
    await world.mirror("one", "two")
    assert (await world.sync()).state == "synced"
    assert not (world.folder / "ran").exists()


async def test_one_run_at_a_time_and_none_of_what_is_unknown(world: World) -> None:
    world.make("one")
    await world.mirror("one")
    with world.git.holding("story"), pytest.raises(SyncBusy):
        await world.sync()
    with pytest.raises(RepositoryUnknown):
        await sync(world.database, world.git, Wanted("other"))


async def test_a_remote_that_never_answers_is_given_up_in_time(world: World) -> None:
    """A listener that takes the connection and says nothing; git waits in the greeting of TLS."""
    hasty = Git(world.folder / "mirrors", world.folder / "remotes", limit_seconds=1.0)
    world.make("one")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with hasty.holding("story") as held:
            await hasty.prepare(held, doubted=False)
            with pytest.raises(GitFailed, match="within 1 seconds"):
                await hasty.fetch(held, "silent", f"https://127.0.0.1:{port}/x.git")
    with hasty.holding("story"):  # nothing that git started holds on to it
        pass


async def test_a_file_address_leads_nowhere_but_below_its_folder(world: World, tmp_path: Path) -> None:
    world.make("one")
    outside = tmp_path / "outside.git"
    git(tmp_path, "init", "--quiet", "--bare", str(outside))
    (world.git.allowed / "link.git").symlink_to(outside)
    for url in (f"file://{outside}", world.url("link"), f"file://{world.git.allowed}/../outside.git"):
        with pytest.raises(AddressRefused) as refused:
            world.git.check(url)
        assert str(tmp_path) not in refused.value.message
    await world.mirror("one")
    world.bare("one").rename(world.folder / "moved.git")
    world.bare("one").symlink_to(outside)
    run = await world.sync()
    assert run.report["remotes"][0]["result"] == "offline"


async def test_a_damaged_cache_is_made_anew(world: World) -> None:
    world.make("one", "two")
    world.commit("root")
    world.push("one")
    await world.mirror("one", "two")
    assert (await world.sync()).state == "synced"
    cache = world.git.home / "story.git"
    for left in cache.glob("objects/*/*"):
        left.chmod(0o644)
        left.write_bytes(b"damaged")
    (cache / "packed-refs.lock").touch()
    world.commit("more")
    world.push("one")
    states = [(await world.sync()).state for _ in range(2)]
    assert states[-1] == "synced" and world.refs("one") == world.refs("two")


KILLED = """
import asyncio, sys
from pathlib import Path
from harmony.assist.mirrors.git import Git
async def main(home, allowed):
    git = Git(Path(home), Path(allowed))
    with git.holding("story") as held:
        print("held", flush=True)
        await git.prepare(held, doubted=False)
        while True:
            await git.fetch(held, "one", f"file://{allowed}/one.git")
            refs = await git.refs_of(held, "one")
            for name in ("two", "three", "four"):
                await git.push(held, f"file://{allowed}/{name}.git", refs)
asyncio.run(main(*sys.argv[1:]))
"""


def begun(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.PIPE)


async def test_kill_9_in_the_middle_leaves_whole_references_and_the_next_run_goes_on(world: World) -> None:
    world.make("one", "two", "three", "four")
    for number in range(40):
        world.commit(f"chapter {number}" * 500)
        git(world.work, "branch", f"b{number}")
    world.push("one", "refs/heads/*:refs/heads/*")
    await world.mirror("one", "two", "three", "four")
    marks = [world.git.home / "story.git", world.bare("two") / "refs/heads/b0", world.bare("four") / "refs/heads/b0"]
    for mark in marks:
        command = [sys.executable, "-c", KILLED, str(world.git.home), str(world.git.allowed)]
        process = begun(command)
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        while not mark.exists():
            assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for name in ("two", "three", "four"):
            git(world.bare(name), "fsck", "--connectivity-only")
            assert set(world.refs(name).items()) <= set(world.refs("one").items())
    async with world.database.begin() as uow:  # and a run that its process did not live to end
        await store.add_run(uow, "mirror-run-" + "0" * 32, "story", None, False)
    for attempt in range(200):
        try:
            assert (await world.sync()).state == "synced"
            break
        except SyncBusy:  # git's last child has not noticed yet
            assert attempt < 199
            await asyncio.to_thread(threading.Event().wait, 0.02)
    assert world.refs("one") == world.refs("two") == world.refs("three") == world.refs("four")
    async with world.database.reading() as connection:
        states = [one.state for one in await store.runs(connection, "story", None, 10)]
    assert states == ["synced", "interrupted"]
