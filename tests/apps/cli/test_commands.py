"""The command line: what it says when nothing runs, and what a filter may load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.harmony import COMMAND

import harmony
from harmony.apps.cli.entry import COMMANDS

SOURCE = str(Path(harmony.__path__[0]).parent)
FILTERS = ("classify", "digest", "fingerprint", "redact", "stuck", "watch")
PARTS = ("asking", "cleaning", "failure", "fingerprint_maps", "fingerprint_reasons", "known", "redact_rules", "report")
# What a filter may load beside the standard library: the kernel, the relay, and the pure parts of problems.
ALLOWED = (
    "harmony.kernel",
    "harmony.adapters.terminal",
    "harmony.assist.problems",
    "harmony.assist.environments",
    "harmony.apps.cli.entry",
    "harmony.apps.cli.learned_file",
    "harmony.apps.cli.filtering",
    "harmony.apps.cli.known",
    "harmony.apps.cli.redact_answers",
    "harmony.apps.cli.session_file",
    "harmony.apps.runtime.run_file",
    "harmony.adapters.db.default_folder",
)
FOLDERS = (
    "harmony",
    "harmony.adapters",
    "harmony.adapters.db",
    "harmony.assist",
    "harmony.apps",
    "harmony.apps.cli",
    "harmony.apps.runtime",
)


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/bin", "PYTHONPATH": SOURCE, **environment},
    )


@pytest.mark.parametrize("name", PARTS)
def test_what_a_filter_loads_only_sometimes_needs_no_more(name: str) -> None:
    script = f"import json, sys, harmony.apps.cli.{name}; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True).stdout)
    foreign = {found for found in loaded if found.split(".")[0] not in {"harmony", *sys.stdlib_module_names}}
    assert {found for found in foreign if not found.startswith("_")} <= startup_modules()
    assert "asyncio" not in loaded


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_loads_the_standard_library_and_the_modules_on_this_list_only(name: str) -> None:
    module = COMMANDS[name][0]
    script = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True).stdout)
    foreign = {
        found
        for found in loaded
        if found.split(".")[0] not in sys.stdlib_module_names
        and not found.startswith(("_", *ALLOWED))
        and found not in (*FOLDERS, module)
    }
    assert foreign <= startup_modules()


def startup_modules() -> set[str]:
    """What this Python loads before any program of ours."""
    script = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    return set(json.loads(subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True).stdout))


def test_without_a_command_the_table_is_shown_and_an_unknown_one_is_named() -> None:
    assert run("--help").returncode == 0
    nothing, unknown = run(), run("sing")
    assert (nothing.returncode, unknown.returncode) == (2, 2)
    assert all(name in nothing.stdout for name in COMMANDS)
    assert "no command 'sing'" in unknown.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = run(name, "--help")
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.splitlines()) > 3


@pytest.mark.parametrize("arguments", [("inspect", "ledger"), ("token", "list")])
def test_when_nothing_runs_the_remedy_is_said(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    told = run(*arguments, "--data", str(tmp_path))
    assert told.returncode == 1
    assert f"no Harmony runs on {tmp_path}" in told.stderr.replace("\n", " ")
    assert "make up" in told.stderr
    assert "Traceback" not in told.stderr


def test_an_unknown_component_is_named(tmp_path: Path) -> None:
    told = run("up", "brass-band", "--data", str(tmp_path / "data"))
    assert told.returncode == 1
    assert "brass-band" in told.stderr
    assert not (tmp_path / "data").exists()


def test_redact_hides_a_secret_and_leaves_the_rest() -> None:
    secret = "wq7nVt2Lm" + "Xz9KdRp"
    hidden = run("redact", stdin=f"opening postgresql://app:{secret}@db.example.invalid/x\nplain line\n")
    assert hidden.returncode == 0
    assert secret not in hidden.stdout
    assert hidden.stdout.endswith("plain line\n")


def test_watch_leaves_a_command_that_succeeds_alone(tmp_path: Path) -> None:
    done = run("watch", "--memory", str(tmp_path / "memory"), "--", "echo", "hello")
    assert (done.returncode, done.stdout, done.stderr) == (0, "hello\n", "")
    assert not (tmp_path / "memory").exists()


def test_watch_notices_the_same_failure_from_another_folder_and_line(tmp_path: Path) -> None:
    memory = str(tmp_path / "memory")
    for number, blank_lines in enumerate(("", "\n\n", "\n\n\n\n"), start=1):
        folder = tmp_path / f"copy {number}"
        folder.mkdir()
        program = folder / "program.py"
        program.write_text(blank_lines + "def read():\n    open('data\\\\month.csv')\nread()\n")
        done = run("watch", "--json", "--memory", memory, "--", sys.executable, str(program))
        seen = json.loads(done.stderr.splitlines()[-1])
        assert done.returncode == 1
        assert seen["decisive"].startswith("FileNotFoundError")
        assert (seen["times"], seen["stuck"]) == (number, number >= 3)


def test_watch_never_replays_escape_sequences_of_the_log(tmp_path: Path) -> None:
    script = "raise RuntimeError('\\x1b]0;owned\\x07boom')"
    done = run("watch", "--memory", str(tmp_path / "memory"), "--", sys.executable, "-c", script)
    said = [line for line in done.stderr.splitlines() if line.startswith("harmony:")]
    assert said
    assert not any("\x1b" in line or "\x07" in line for line in said)


def test_watch_without_a_command_says_how() -> None:
    told = run("watch")
    assert told.returncode == 2
    assert "harmony watch -- " in told.stderr
