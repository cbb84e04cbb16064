"""Programs that try to break out, break in or break down the machine: each is really run."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harmony.adapters.sandbox import model
from harmony.adapters.sandbox.model import Isolation, Limits, Outcome

Execute = Callable[..., Outcome]
MEBIBYTE = 1024 * 1024
SOURCE = str(Path(model.__file__).parents[3])

ATTEMPT = """
import ctypes, errno, os, sys, signal, resource, socket, fcntl
def attempt(what, *arguments, **options):
    try: print("DONE", what(*arguments, **options))
    except OSError as refused: print(errno.errorcode[refused.errno])
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1: raise OSError(ctypes.get_errno(), name)
"""


def attempts(execute: Execute, source: str, *arguments: str, limits: Limits | None = None) -> list[str]:
    outcome = execute(ATTEMPT + source, *arguments, limits=limits)
    assert outcome.stderr == b""
    return outcome.stdout.decode().split("\n")[:-1]


def processes_with(mark: str) -> list[str]:
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in place.read_bytes():
                found.append(place.parent.name)
        except OSError:
            continue  # it ended meanwhile
    return found


def test_no_file_outside_can_be_read(execute: Execute, open_folder: Path) -> None:
    secret = open_folder / "secret"
    secret.write_text("do-not-leak")
    secret.chmod(0o666)
    source = "for path in sys.argv[1:]: attempt(lambda: open(path).read())"
    assert attempts(execute, source, "/etc/passwd", __file__, str(secret)) == ["EACCES"] * 3


def test_no_folder_outside_can_be_listed(execute: Execute, open_folder: Path) -> None:
    source = "for path in sys.argv[1:]: attempt(os.listdir, path)"
    assert attempts(execute, source, "/", "/tmp", str(open_folder), str(Path(__file__).parent)) == ["EACCES"] * 4


def test_nothing_outside_can_be_written_moved_removed_or_altered(execute: Execute, open_folder: Path) -> None:
    victim = open_folder / "victim"
    victim.write_text("whole")
    victim.chmod(0o666)
    before = victim.stat()
    source = """
victim, folder = sys.argv[1:]
attempt(open, victim, "w"); attempt(open, victim, "a"); attempt(os.unlink, victim); attempt(os.truncate, victim, 0)
attempt(os.rename, victim, "stolen"); attempt(os.link, victim, "linked"); attempt(os.mkdir, folder + "/new")
attempt(open, folder + "/new", "w"); attempt(os.symlink, "/", folder + "/link"); attempt(os.mkfifo, folder + "/fifo")
os.chmod(victim, 0o777); os.utime(victim, (0, 0))
"""
    answers = attempts(execute, source, str(victim), str(open_folder))
    assert len(answers) == 10
    assert set(answers) <= {"EACCES", "EPERM", "EXDEV", "EROFS"}
    after = victim.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_nlink) == (before.st_mode, before.st_mtime_ns, 1)
    assert victim.read_text() == "whole"
    assert os.listdir(open_folder) == ["victim"]


def test_a_link_in_the_folder_leads_nowhere(execute: Execute, open_folder: Path) -> None:
    target = open_folder / "target"
    target.write_text("do-not-leak")
    target.chmod(0o666)
    source = "os.symlink(sys.argv[1], 'link'); attempt(lambda: open('link').read()); attempt(open, 'link', 'w')"
    assert attempts(execute, source, str(target)) == ["EACCES", "EACCES"]


def test_the_standard_library_cannot_be_altered(execute: Execute) -> None:
    assert attempts(execute, "attempt(open, os.__file__, 'a'); attempt(os.unlink, os.__file__)") == ["EACCES", "EACCES"]


def test_the_callers_environment_memory_and_files_stay_unseen(execute: Execute) -> None:
    source = """
for part in ("environ", "mem", "maps", "cmdline", "fd", "status"):
    attempt(lambda: open(f"/proc/{sys.argv[1]}/{part}").read())
attempt(os.readlink, f"/proc/{sys.argv[1]}/cwd")
"""
    assert set(attempts(execute, source, str(os.getpid()))) == {"EACCES"}


def test_a_waiting_listener_sees_nothing(execute: Execute) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        source = """
attempt(socket.create_connection, ("127.0.0.1", int(sys.argv[1])))
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET):
    attempt(socket.socket, family, socket.SOCK_DGRAM)
attempt(lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0])
left, right = socket.socketpair()
attempt(left.connect, "/run/anything"); attempt(left.bind, "name")
"""
        assert attempts(execute, source, str(listener.getsockname()[1])) == ["EPERM"] * 9
        assert select.select([listener], [], [], 0)[0] == []


def test_no_other_process_can_be_signalled_traced_or_altered(execute: Execute) -> None:
    heard: list[int] = []
    kept = {
        number: signal.signal(number, lambda got, _: heard.append(got)) for number in (signal.SIGTERM, signal.SIGIO)
    }
    try:
        source = """
parent = int(sys.argv[1])
for pid in (parent, os.getppid()):
    attempt(os.kill, pid or parent, signal.SIGTERM)
attempt(os.kill, -1, 0)
attempt(call, "ptrace", 16, parent, 0, 0); attempt(call, "tgkill", parent, parent, signal.SIGTERM)
attempt(resource.prlimit, parent, resource.RLIMIT_NOFILE, (3, 3))
attempt(os.setpriority, os.PRIO_PROCESS, parent, 19); attempt(os.sched_setaffinity, parent, {0})
read, write = os.pipe(); attempt(fcntl.fcntl, read, fcntl.F_SETOWN, parent)
attempt(call, "process_vm_readv", parent, 0, 0, 0, 0, 0)
"""
        answers = attempts(execute, source, str(os.getpid()))
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    assert heard == []
    assert len(answers) == 10
    assert set(answers[:2]) <= {"EPERM", "ESRCH"}
    assert set(answers[3:]) <= {"EPERM", "ESRCH"}


def test_calls_that_widen_rights_are_refused(execute: Execute) -> None:
    source = """
attempt(call, "mount", b"none", b".", b"tmpfs", 0, 0); attempt(call, "unshare", 0x10000000)
attempt(call, "setns", 0, 0); attempt(call, "personality", 0x0400000); attempt(os.chroot, ".")
attempt(os.setuid, 0); attempt(os.setgroups, [0]); attempt(call, "clone", 0, 0, 0x10000000, 0)
attempt(call, "prctl", 36, 1, 0, 0, 0); attempt(os.memfd_create, "m"); attempt(call, "syscall", 425, 1, 0)
attempt(os.mknod, "device", 0o020666, os.makedev(1, 1))
"""
    answers = attempts(execute, source)
    assert len(answers) == 12
    assert set(answers) <= {"EPERM", "ENOSYS", "EACCES", "EINVAL"}


def test_set_user_id_programs_cannot_be_executed(execute: Execute) -> None:
    assert attempts(execute, "attempt(os.execv, '/bin/su', ['su'])") == ["EACCES"]


def test_an_endless_loop_meets_the_time_limit(execute: Execute) -> None:
    outcome = execute("print('begun', flush=True)\nwhile True: pass", limits=Limits(wall_seconds=0.5))
    assert (outcome.timed_out, outcome.stopped, outcome.exit_code, outcome.signal) == (True, "time", None, 9)
    assert outcome.stdout == b"begun\n"


def test_an_idle_program_meets_the_time_limit(execute: Execute) -> None:
    outcome = execute("import signal; signal.pause()", limits=Limits(wall_seconds=0.3))
    assert outcome.timed_out


def test_a_busy_program_meets_the_processor_limit_even_when_it_catches_the_warning(execute: Execute) -> None:
    loop = "import signal; signal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    outcome = execute(loop, limits=Limits(wall_seconds=60, cpu_seconds=1))
    assert (outcome.timed_out, outcome.signal) == (False, signal.SIGKILL)


def test_endless_output_is_cut_and_ended(execute: Execute) -> None:
    outcome = execute("while True: print('x' * 1000)", limits=Limits(output_bytes=5000, wall_seconds=60))
    assert (outcome.truncated, outcome.stopped, outcome.timed_out) == (True, "output", False)
    assert (len(outcome.stdout), outcome.signal) == (5000, 9)


@pytest.mark.parametrize(("written", "truncated"), [(5000, False), (5001, True)])
def test_output_is_cut_just_beyond_its_limit(execute: Execute, written: int, truncated: bool) -> None:
    outcome = execute(f"import os; os.write(2, b'x' * {written})", limits=Limits(output_bytes=5000))
    assert (outcome.truncated, len(outcome.stderr)) == (truncated, 5000)


def test_one_process_cannot_take_more_memory_than_allowed(execute: Execute) -> None:
    source = "kept = []\nwhile True: kept.append(bytearray(16 << 20)); print(len(kept), flush=True)"
    outcome = execute(source, limits=Limits(memory_bytes=256 * MEBIBYTE))
    assert outcome.exit_code != 0
    assert 0 < int(outcome.stdout.split()[-1]) < 16


def test_many_processes_cannot_take_more_memory_together(execute: Execute) -> None:
    source = """
import os, signal
for _ in range(8):
    if os.fork() == 0:
        kept = bytearray(os.urandom(1 << 20) * 64); signal.pause()
os.wait()
"""
    outcome = execute(source, limits=Limits(memory_bytes=256 * MEBIBYTE, wall_seconds=60))
    assert (outcome.stopped, outcome.signal) == ("memory", 9)


def test_a_fork_bomb_stays_small_and_dies(execute: Execute, open_folder: Path) -> None:
    source = """
import os, signal, sys
born = 0
while True:
    try:
        if os.fork() == 0: signal.pause()
    except OSError: break
    born += 1
    if born > 500: break
print(born, flush=True)
"""
    outcome = execute(source, open_folder.name, limits=Limits(processes=16, wall_seconds=60))
    assert outcome.exit_code == 0
    assert 4 <= int(outcome.stdout) <= 16
    assert processes_with(open_folder.name) == []


def test_one_file_cannot_outgrow_its_limit(execute: Execute) -> None:
    source = """
import os
with open("big", "wb", 0) as big:
    try:
        while True: big.write(bytes(1 << 16))
    except OSError: print(os.path.getsize("big"))
"""
    outcome = execute(source, limits=Limits(file_bytes=MEBIBYTE))
    assert outcome.exit_code == 0
    assert 0 < int(outcome.stdout) <= MEBIBYTE


def test_many_files_cannot_outgrow_the_limit_together(execute: Execute, walls: Isolation) -> None:
    source = """
import itertools, signal
for number in itertools.count():
    try: open(str(number), "wb").write(bytes(1 << 19))
    except OSError: break
    if number == 64: signal.pause()
print(number)
"""
    outcome = execute(source, limits=Limits(file_bytes=MEBIBYTE, wall_seconds=60))
    if walls.user_namespaces:
        assert (outcome.exit_code, int(outcome.stdout) <= 3) == (0, True)
    else:
        assert outcome.stopped == "files"


def test_descriptors_are_bounded(execute: Execute) -> None:
    source = "import os\ntry:\n  while True: last = os.dup(0)\nexcept OSError: print(last)"
    assert execute(source, limits=Limits(open_files=32)).stdout == b"31\n"


DAEMON = """
import os, sys
read, write = os.pipe(); os.set_inheritable(write, True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        nothing = os.open("/dev/null", os.O_RDWR)
        for number in range(3): os.dup2(nothing, number)
        body = f"import os, signal; os.write({write}, b'ready'); signal.pause()"
        os.execv(sys.executable, [sys.executable, "-S", "-E", "-c", body, sys.argv[1]])
    os._exit(0)
os.close(write)
print(os.read(read, 5).decode())
"""


def test_a_daemon_left_behind_is_dead(execute: Execute, open_folder: Path) -> None:
    outcome = execute(DAEMON, open_folder.name)
    assert (outcome.stdout, outcome.exit_code) == (b"ready\n", 0)
    assert processes_with(open_folder.name) == []


CALLER = """
import asyncio, sys, tempfile
from dataclasses import replace
from harmony.adapters.sandbox.isolation import available
from harmony.adapters.sandbox.model import Program
from harmony.adapters.sandbox.run import run
from harmony.kernel.clock import SystemClock
class Telling(SystemClock):
    async def sleep(self, seconds):
        print("waiting", flush=True)
        await super().sleep(3600)
tempfile.tempdir = sys.argv[1]
walls = replace(available(), user_namespaces=sys.argv[2] == "True", landlock_abi=int(sys.argv[3]))
forever = Program({"m.py": b"while True: pass"}, ("python", "m.py"))
asyncio.run(run(forever, clock=Telling(), isolation=walls))
"""


def test_a_caller_that_is_killed_takes_the_run_with_it(walls: Isolation, open_folder: Path) -> None:
    arguments = [str(open_folder), str(walls.user_namespaces), str(walls.landlock_abi)]
    command = [sys.executable, "-c", CALLER, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={"PYTHONPATH": SOURCE}) as caller:
        assert caller.stdout is not None
        assert caller.stdout.readline() == b"waiting\n"
        children = Path(f"/proc/{caller.pid}/task/{caller.pid}/children").read_text().split()
        launchers = [os.pidfd_open(int(child)) for child in children]
        caller.kill()
    assert len(launchers) == 1
    for launcher in launchers:
        assert select.select([launcher], [], [], 30)[0] == [launcher]
        os.close(launcher)
    assert os.listdir(open_folder) == []
