"""A command run under the relay is unchanged for the person in front of it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from harmony.adapters.terminal.relay import Tail

RELAY = "import sys\nfrom harmony.adapters.terminal.relay import run\nsys.exit(run(sys.argv[1:]).exit_code)"


def through_pipes(*command: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", RELAY, *command], input=stdin, capture_output=True, check=False)


class Terminal:
    """A pseudo-terminal with the relay behind it."""

    def __init__(self, *command: str) -> None:
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(self._master, (31, 97))
        self.process = subprocess.Popen(
            [sys.executable, "-c", RELAY, *command], stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.seen = b""

    def until(self, wanted: Callable[[bytes], bool]) -> bytes:
        while not wanted(self.seen):
            ready, _, _ = select.select([self._master], [], [], 20)
            if not ready:
                raise AssertionError(f"nothing more came after {self.seen!r}")
            try:
                chunk = os.read(self._master, 4096)
            except OSError:
                break
            if not chunk:
                break
            self.seen += chunk
        return self.seen

    def press(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def end(self) -> int:
        self.until(lambda _: False)
        code = self.process.wait(timeout=20)
        os.close(self._master)
        return code


def test_both_streams_and_the_exit_code_pass_unchanged() -> None:
    script = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    done = through_pipes(sys.executable, "-c", script)
    assert (done.stdout, done.stderr, done.returncode) == (b"out\n", b"err\n", 3)


def test_standard_input_reaches_the_command() -> None:
    assert through_pipes("cat", stdin=b"hello").stdout == b"hello"


def test_without_a_terminal_the_command_sees_none() -> None:
    assert through_pipes(sys.executable, "-c", "import sys; print(sys.stdout.isatty())").stdout == b"False\n"


def test_a_command_that_does_not_exist_ends_as_in_a_shell() -> None:
    done = through_pipes("/no/such/command")
    assert done.returncode == 127
    assert b"/no/such/command" in done.stderr


def test_a_command_that_was_killed_ends_as_in_a_shell() -> None:
    script = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert through_pipes(sys.executable, "-c", script).returncode == 128 + signal.SIGKILL


def test_on_a_terminal_the_command_sees_one_of_the_same_size() -> None:
    terminal = Terminal(sys.executable, "-c", "import os; print(os.isatty(0), os.get_terminal_size())")
    assert terminal.end() == 0
    assert b"True os.terminal_size(columns=97, lines=31)" in terminal.seen


def test_a_prompt_is_answered_and_ctrl_c_is_the_command_s_to_handle() -> None:
    script = (
        "import signal\n"
        "name = input('name? ')\n"
        "try:\n  print('waiting', name, flush=True); signal.pause()\n"
        "except KeyboardInterrupt:\n  print('interrupted', flush=True)\n"
    )
    terminal = Terminal(sys.executable, "-c", script)
    terminal.until(lambda seen: b"name? " in seen)
    terminal.press(b"Ada\n")
    terminal.until(lambda seen: b"waiting Ada" in seen)
    terminal.press(b"\x03")
    assert terminal.end() == 0
    assert b"interrupted" in terminal.seen


def test_ctrl_z_stops_both_and_they_go_on_together() -> None:
    script = "import os\nprint('ready', flush=True)\nprint('got', input(), flush=True)"
    terminal = Terminal(sys.executable, "-c", script)
    terminal.until(lambda seen: b"ready" in seen)
    terminal.press(b"\x1a")
    _, status = os.waitpid(terminal.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.press(b"on\n")
    assert terminal.end() == 0
    assert b"got on" in terminal.seen


def test_what_is_a_terminal_stays_one_and_what_is_not_does_not(tmp_path: Path) -> None:
    script = "import os, sys; print([os.isatty(fd) for fd in range(3)]); print('err', file=sys.stderr)"
    cases: tuple[tuple[dict[str, Any], str, bytes], ...] = (
        ({"stdin": subprocess.DEVNULL}, "", b"[False, True, True]"),
        ({}, "stderr", b"[True, True, False]"),
        ({}, "stdout", b"[True, False, True]"),
    )
    for changed, kept, expected in cases:
        master, slave = pty.openpty()
        termios.tcsetwinsize(master, (31, 97))
        with (tmp_path / "file").open("wb") as file:
            streams: dict[str, Any] = {
                "stdin": slave,
                "stdout": slave,
                "stderr": slave,
                **changed,
                **({kept: file} if kept else {}),
            }
            done = subprocess.run([sys.executable, "-c", RELAY, sys.executable, "-c", script], **streams, timeout=20)
        os.close(slave)
        said = os.read(master, 4096)
        os.close(master)
        in_file = (tmp_path / "file").read_bytes()
        assert done.returncode == 0
        assert expected in (in_file if kept == "stdout" else said)
        assert in_file == {"": b"", "stderr": b"err\n", "stdout": expected + b"\n"}[kept]


def test_the_terminal_is_given_back_as_it_was() -> None:
    script = (
        "import sys, termios\nfrom harmony.adapters.terminal.relay import run\n"
        "before = termios.tcgetattr(0)\nrun(['true'])\nprint(termios.tcgetattr(0) == before)"
    )
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )
    os.close(slave)
    assert process.wait(timeout=20) == 0
    assert b"True" in os.read(master, 4096)
    os.close(master)


@given(st.lists(st.binary(max_size=300), max_size=40), st.integers(min_value=1, max_value=500))
def test_the_tail_is_the_last_part_of_what_was_added(chunks: list[bytes], limit: int) -> None:
    tail = Tail(limit)
    for chunk in chunks:
        tail.add(chunk)
    whole = b"".join(chunks)
    assert tail.bytes() == whole[-limit:]
    assert tail.truncated == (len(whole) > limit)
