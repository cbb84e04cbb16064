"""The contract of a program runner: the sandbox and its stand-in in memory keep the same one."""

from __future__ import annotations

import os

import pytest

from harmony.kernel.clock import SystemClock
from harmony.settlement.verifiers.errors import ProgramUnfit, RunnerUnavailable
from harmony.settlement.verifiers.fakes import InMemoryRunner
from harmony.settlement.verifiers.model import OUTPUT_LIMIT_BYTES
from harmony.settlement.verifiers.ports import ProgramRunner
from harmony.settlement.verifiers.service.run import SandboxRunner

MAIN = ("python", "main.py")


@pytest.fixture(params=["memory", "sandbox"])
async def runner(request: pytest.FixtureRequest) -> ProgramRunner:
    if request.param == "memory":
        return InMemoryRunner()
    found = SandboxRunner(SystemClock())
    missing = await found.unavailable()
    if missing is not None and os.environ.get("HARMONY_REQUIRE_ALL") != "1":
        pytest.skip(f"this machine cannot isolate programs: {missing}")
    return found


async def test_it_says_that_it_can_run(runner: ProgramRunner) -> None:
    assert await runner.unavailable() is None


async def test_a_program_reads_its_input_its_files_and_its_arguments(runner: ProgramRunner) -> None:
    source = b"import sys\nprint(open('data/x.txt').read() + input() + sys.argv[1])\n"
    run = await runner.run({"main.py": source, "data/x.txt": b"1"}, (*MAIN, "3"), b"2\n")
    assert (run.exit_code, run.stdout, run.stderr, run.stopped) == (0, b"123\n", b"", None)


async def test_its_exit_code_and_its_complaint_are_told(runner: ProgramRunner) -> None:
    run = await runner.run({"main.py": b"raise SystemExit(3)"}, MAIN, b"")
    assert run.exit_code == 3
    run = await runner.run({"main.py": b"raise LookupError('nothing here')"}, MAIN, b"")
    assert run.exit_code == 1 and b"LookupError: nothing here" in run.stderr


async def test_a_file_that_is_not_there_is_not_found(runner: ProgramRunner) -> None:
    run = await runner.run({"main.py": b"open('data\\\\x.txt')"}, MAIN, b"")
    assert run.exit_code == 1 and b"FileNotFoundError" in run.stderr


async def test_a_program_that_writes_without_end_is_stopped(runner: ProgramRunner) -> None:
    source = f"import sys\nsys.stdout.write('x' * {OUTPUT_LIMIT_BYTES + 1})\n".encode()
    run = await runner.run({"main.py": source}, MAIN, b"")
    assert run.stopped == "output" and len(run.stdout) == OUTPUT_LIMIT_BYTES


async def test_nothing_outside_the_program_is_begun(runner: ProgramRunner) -> None:
    with pytest.raises(ProgramUnfit):
        await runner.run({"main.py": b""}, ("/bin/sh", "-c", "true"), b"")


async def test_without_isolation_nothing_is_run() -> None:
    runner = InMemoryRunner(missing="no Landlock")
    assert await runner.unavailable() == "no Landlock"
    with pytest.raises(RunnerUnavailable):
        await runner.run({"main.py": b""}, MAIN, b"")
    assert runner.runs == 0
