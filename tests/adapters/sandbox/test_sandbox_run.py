"""A well-behaved program is really run, sees what it should, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from harmony.adapters.sandbox import run as run_module
from harmony.adapters.sandbox.errors import IsolationUnavailable, ProgramRefused
from harmony.adapters.sandbox.isolation import SOURCE, available, launcher
from harmony.adapters.sandbox.model import Isolation, Limits, Outcome, Program
from harmony.adapters.sandbox.run import run
from harmony.kernel.clock import SystemClock, VirtualClock

Execute = Callable[..., Outcome]


def test_output_and_exit_code_are_delivered(execute: Execute) -> None:
    outcome = execute("import sys; print('fixed'); print('aside', file=sys.stderr); sys.exit(7)")
    assert (outcome.exit_code, outcome.signal, outcome.stdout, outcome.stderr) == (7, None, b"fixed\n", b"aside\n")
    assert (outcome.truncated, outcome.timed_out, outcome.stopped) == (False, False, None)


def test_the_isolation_used_is_told(execute: Execute, walls: Isolation) -> None:
    assert execute("").isolation == walls


def test_a_signal_that_ended_the_program_is_delivered(execute: Execute) -> None:
    outcome = execute("import os; os.abort()")
    assert (outcome.exit_code, outcome.signal) == (None, signal.SIGABRT)


def test_standard_input_and_arguments_arrive(execute: Execute) -> None:
    outcome = execute("import sys; print(sys.stdin.read().upper(), sys.argv[1:])", "ä", "b c", stdin=b"given")
    assert outcome.stdout.decode() == "GIVEN ['ä', 'b c']\n"


def test_a_program_need_not_read_its_input(execute: Execute) -> None:
    assert execute("print('done')", stdin=b"x" * 1024 * 1024).stdout == b"done\n"


def test_the_environment_is_empty_but_for_the_folder_and_the_language(
    execute: Execute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_CALLER", "do-not-leak")
    outcome = execute("import os, json; print(json.dumps([os.getcwd(), dict(os.environ)]))")
    folder, environment = json.loads(outcome.stdout)
    assert environment == {"HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


def test_only_the_standard_streams_are_open(execute: Execute) -> None:
    probe = "import os\nfor number in range(3, 64):\n  try: os.fstat(number); print(number)\n  except OSError: pass"
    assert execute(probe).stdout == b""


def test_the_standard_library_works(execute: Execute) -> None:
    outcome = execute(
        """
import asyncio, bz2, ctypes, decimal, hashlib, json, lzma, shutil, sqlite3, ssl, subprocess, sys, tempfile, threading
import concurrent.futures, zoneinfo, pathlib, random
pathlib.Path("a").write_text("text"); shutil.copy2("a", "b"); shutil.move("b", "c")
with tempfile.TemporaryDirectory() as folder: pathlib.Path(folder, "x").touch()
store = sqlite3.connect("db"); store.execute("create table t (n)"); store.commit()
asyncio.run(asyncio.sleep(0))
with concurrent.futures.ThreadPoolExecutor(4) as pool: assert sum(pool.map(int, "1234")) == 10
answer = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, check=True).stdout
print(answer.decode().strip(), pathlib.Path("c").read_text())
"""
    )
    assert (outcome.stderr, outcome.stdout) == (b"", b"42 text\n")


def test_nothing_but_the_standard_library_can_be_imported(execute: Execute) -> None:
    installed = [path for path in sys.path if path.endswith("-packages")]
    outcome = execute(
        f"""
import sys
for paths in ([], {installed!r}):
    sys.path += paths
    for name in ("pytest", "pip"):
        try: __import__(name); print("imported", name)
        except (ImportError, PermissionError): print("no", name)
"""
    )
    assert outcome.stdout.split(b"\n")[:4] == [b"no pytest", b"no pip", b"no pytest", b"no pip"]


def test_modules_beside_the_program_are_imported(walls: Isolation) -> None:
    program = Program(
        {"main.py": b"from parts.one import word; print(word)", "parts/one.py": b"word = 1"}, ("python", "main.py")
    )
    assert asyncio.run(run(program, clock=SystemClock(), isolation=walls)).stdout == b"1\n"


def test_a_file_of_the_program_can_be_the_command(walls: Isolation) -> None:
    command = f"#!{os.path.realpath(sys.executable)} -SE\nimport sys; print(sys.argv)".encode()
    outcome = asyncio.run(run(Program({"bin/tool": command}, ("bin/tool", "x")), clock=SystemClock(), isolation=walls))
    assert outcome.stdout == b"['./bin/tool', 'x']\n"


def test_what_cannot_be_executed_ends_with_126(walls: Isolation) -> None:
    outcome = asyncio.run(run(Program({"text": b"words"}, ("text",)), clock=SystemClock(), isolation=walls))
    assert outcome.exit_code == 126
    assert outcome.stderr.startswith(b"cannot execute text")


def test_runs_at_the_same_time_do_not_meet(walls: Isolation) -> None:
    async def several() -> list[Outcome]:
        source = b"import sys, pathlib; pathlib.Path('f').write_text(sys.argv[1]); print(open('f').read())"
        one = [Program({"m.py": source}, ("python", "m.py", str(number))) for number in range(4)]
        return await asyncio.gather(*(run(program, clock=SystemClock(), isolation=walls) for program in one))

    assert [outcome.stdout for outcome in asyncio.run(several())] == [b"0\n", b"1\n", b"2\n", b"3\n"]


DEEP = """
import os
for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
os.mkdir("closed", 0o000)
"""


def test_the_folder_is_gone_afterwards(execute: Execute, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o711)
        monkeypatch.setattr(tempfile, "tempdir", place)
        assert execute(DEEP).exit_code == 0
        assert list(Path(place).iterdir()) == []


@pytest.mark.parametrize(
    "offered",
    [Isolation(0, True, True, ("Landlock",)), Isolation(7, False, True, ("seccomp",)), Isolation(0, True, True)],
)
def test_nothing_is_run_without_isolation(offered: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def record(*words: str) -> list[str]:
        started.extend(words)
        return ["/bin/false"]

    monkeypatch.setattr(run_module, "launcher", record)
    with pytest.raises(IsolationUnavailable) as refused:
        asyncio.run(run(Program({"m.py": b""}, ("python", "m.py")), clock=SystemClock(), isolation=offered))
    assert refused.value.status == 503
    assert started == []


def test_a_launcher_that_reports_nothing_is_a_refusal_not_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "launcher", lambda *_: ["/bin/false"])
    with pytest.raises(IsolationUnavailable):
        asyncio.run(
            run(Program({"m.py": b""}, ("python", "m.py")), clock=SystemClock(), isolation=Isolation(7, True, True))
        )


FORBID = """
import os, sys
sys.path.insert(0, sys.argv[1])
from harmony.adapters.sandbox import landlock, linux, seccomp
linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
refuse = [seccomp._jump(seccomp.EQUAL, landlock.RESTRICT_SELF, 0, 1), seccomp._end(seccomp.ANSWER | 1)]
seccomp.install(b"".join([seccomp._load(0), *refuse, seccomp._end(seccomp.ALLOW)]))
os.execv(sys.argv[2], sys.argv[2:])
"""


def test_a_wall_that_cannot_be_raised_is_a_refusal(walls: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The launcher is started behind a filter of its own, which refuses the last step into Landlock."""
    monkeypatch.setattr(
        run_module, "launcher", lambda *words: [sys.executable, "-c", FORBID, SOURCE, *launcher(*words)]
    )
    with pytest.raises(IsolationUnavailable):
        asyncio.run(run(Program({"m.py": b"print(1)"}, ("python", "m.py")), clock=SystemClock(), isolation=walls))


class StartedClock(SystemClock):
    """Tells when the run began to wait for its end."""

    def __init__(self) -> None:
        self.waiting = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.waiting.set()
        await super().sleep(seconds)


def test_cancelling_ends_the_run_and_removes_its_folder(walls: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cancelled() -> None:
        clock = StartedClock()
        forever = Program({"m.py": b"while True: pass"}, ("python", "m.py"))
        task = asyncio.create_task(run(forever, clock=clock, isolation=walls))
        await clock.waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o711)
        monkeypatch.setattr(tempfile, "tempdir", place)
        asyncio.run(cancelled())
        assert list(Path(place).iterdir()) == []


@pytest.mark.parametrize("turns", [0, 1, 3, 6, 12, 40])
def test_a_run_cancelled_at_any_moment_leaves_no_folder_and_no_descriptor(
    turns: int, monkeypatch: pytest.MonkeyPatch, walls: Isolation
) -> None:
    async def cancelled() -> None:
        forever = Program({"m.py": b"while True: pass"}, ("python", "m.py"))
        await run(Program({"m.py": b""}, ("python", "m.py")), clock=SystemClock(), isolation=walls)
        open_before = set(os.listdir("/proc/self/fd"))
        task = asyncio.create_task(run(forever, clock=SystemClock(), isolation=walls))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)  # one turn for the transports to close
        assert set(os.listdir("/proc/self/fd")) == open_before

    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o711)
        monkeypatch.setattr(tempfile, "tempdir", place)
        asyncio.run(cancelled())
        assert list(Path(place).iterdir()) == []


def test_time_is_the_clock_that_was_given(walls: Isolation) -> None:
    class Waiting(VirtualClock):
        async def sleep(self, seconds: float) -> None:
            asyncio.get_running_loop().call_soon(self.advance, seconds)
            await super().sleep(seconds)

    forever = Program({"m.py": b"while True: pass"}, ("python", "m.py"))
    outcome = asyncio.run(run(forever, Limits(wall_seconds=3600), clock=Waiting(), isolation=walls))
    assert (outcome.timed_out, outcome.stopped, outcome.wall_seconds) == (True, "time", 3600)


def test_a_refused_program_starts_nothing() -> None:
    with pytest.raises(ProgramRefused):
        asyncio.run(run(Program({}, ("sh", "-c", "true")), clock=SystemClock(), isolation=Isolation(7, True, True)))


def test_what_is_available_is_found_once_and_said_in_words() -> None:
    offered = available()
    assert offered is available()
    assert offered.sufficient == (not offered.missing)
    assert not replace(offered, landlock_abi=0).sufficient
