"""``harmony translate``: one path or command in, one out, exit codes that scripts can use."""

from __future__ import annotations

import json
import subprocess
import sys

WINDOWS_TO_LINUX = ("--from", "windows", "--to", "linux")


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harmony.apps.cli", "translate", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=60)


def test_a_path_as_an_argument_and_paths_a_line_on_standard_input() -> None:
    assert run(*WINDOWS_TO_LINUX, "C:\\Users\\ada\\my data.csv").stdout == "/home/ada/my data.csv\n"
    assert run(*WINDOWS_TO_LINUX, given="a\\b\nc\\d\n").stdout == "a/b\nc/d\n"


def test_a_command_is_told_from_a_path_and_a_script_is_read_whole() -> None:
    assert run(*WINDOWS_TO_LINUX, "copy a\\b c").stdout == "cp a/b c\n"
    script = "docker run ^\n  img\nset A=b\n"
    assert run(*WINDOWS_TO_LINUX, "--command", given=script).stdout == "docker run \\\n  img\nexport A=b\n"
    assert run("--from", "linux", "--to", "cmd", "--path", "a b/c=d").stdout == "a b\\c=d\n"


def test_a_refusal_says_why_on_standard_error_and_in_the_exit_code() -> None:
    refused = run(*WINDOWS_TO_LINUX, "D:\\x")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "mount" in refused.stderr
    assert run(*WINDOWS_TO_LINUX, "--mount", "D:\\=/data", "D:\\x").stdout == "/data/x\n"
    assert run("--from", "amiga", "--to", "linux", "x").returncode == 2
    assert run(*WINDOWS_TO_LINUX, "--mount", "nothing", "x").returncode == 2


def test_json_carries_notes_and_refusals() -> None:
    answer = json.loads(run("--from", "linux", "--to", "powershell", "--json", "a && b").stdout)
    assert (answer["text"], answer["kind"], answer["refused"]) == ("a && b", "command", None)
    assert answer["notes"]
    lines = run(*WINDOWS_TO_LINUX, "--json", "--path", given="a\\b\nD:\\x\n")
    first, second = map(json.loads, lines.stdout.splitlines())
    assert (first["text"], second["text"], second["refused"]["code"]) == ("a/b", None, "environments.untranslatable")
    assert lines.returncode == 1


def test_only_the_standard_library_the_kernel_and_its_room_are_loaded() -> None:
    code = (
        "import sys; from harmony.apps.cli import translate; translate.main(sys.argv[1:]);"
        "print([m for m in sys.modules if m.split('.')[0] in ('pydantic', 'fastapi', 'asyncpg', 'typer', 'rich')])"
    )
    command = [sys.executable, "-c", code, *WINDOWS_TO_LINUX, "a\\b"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "a/b\n[]\n"
