"""What a program and its limits may be, at the edges."""

from __future__ import annotations

from dataclasses import fields

import pytest

from harmony.adapters.sandbox import model
from harmony.adapters.sandbox.errors import ProgramRefused, ProgramTooLarge
from harmony.adapters.sandbox.model import Limits, Program, check_limits, check_program

COMMAND = ("python", "main.py")


@pytest.mark.parametrize("path", ["main.py", "a/b/c.txt", ".hidden", "..a", "with space", "ä"])
def test_plain_relative_paths_are_taken(path: str) -> None:
    check_program(Program({path: b""}, COMMAND))


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../up", "a/../b", "a/..", "./a", "a//b", "a/", ".", "..", "a\0b", "a\nb", "a\\b", "\udcff"],
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(ProgramRefused) as refused:
        check_program(Program({path: b""}, COMMAND))
    assert refused.value.field == "files"


def test_a_path_has_a_longest_and_a_deepest() -> None:
    check_program(Program({"x" * model.PATH_LIMIT_BYTES: b"", "/".join("x" * model.PATH_DEPTH_LIMIT): b""}, COMMAND))
    for path in ("x" * (model.PATH_LIMIT_BYTES + 1), "/".join("x" * (model.PATH_DEPTH_LIMIT + 1))):
        with pytest.raises(ProgramRefused):
            check_program(Program({path: b""}, COMMAND))


def test_a_path_is_a_file_or_a_folder() -> None:
    with pytest.raises(ProgramRefused):
        check_program(Program({"a": b"", "a/b": b""}, COMMAND))


@pytest.mark.parametrize(
    ("largest", "over"),
    [
        (
            Program({str(n): b"" for n in range(model.FILE_COUNT_LIMIT)}, COMMAND),
            Program({str(n): b"" for n in range(model.FILE_COUNT_LIMIT + 1)}, COMMAND),
        ),
        (
            Program({"a": bytes(model.PROGRAM_LIMIT_BYTES - 1), "b": b"x"}, COMMAND),
            Program({"a": bytes(model.PROGRAM_LIMIT_BYTES), "b": b"x"}, COMMAND),
        ),
        (
            Program({}, COMMAND, bytes(model.STDIN_LIMIT_BYTES)),
            Program({}, COMMAND, bytes(model.STDIN_LIMIT_BYTES + 1)),
        ),
        (
            Program({}, ("python", *"a" * (model.ARGUMENT_COUNT_LIMIT - 1))),
            Program({}, ("python", *"a" * model.ARGUMENT_COUNT_LIMIT)),
        ),
        (
            Program({}, ("python", "a" * (model.ARGUMENTS_LIMIT_BYTES - len("python")))),
            Program({}, ("python", "a" * (model.ARGUMENTS_LIMIT_BYTES - len("python") + 1))),
        ),
    ],
    ids=["files", "bytes", "stdin", "arguments", "argument bytes"],
)
def test_every_size_has_a_largest(largest: Program, over: Program) -> None:
    check_program(largest)
    with pytest.raises(ProgramTooLarge) as refused:
        check_program(over)
    assert refused.value.status == 413


@pytest.mark.parametrize("argv", [(), ("sh",), ("/usr/bin/python3",), ("missing.py",), ("python", "a\0b")])
def test_a_command_is_python_or_one_of_the_files(argv: tuple[str, ...]) -> None:
    with pytest.raises(ProgramRefused) as refused:
        check_program(Program({"main.py": b""}, argv))
    assert refused.value.field == "argv"


@pytest.mark.parametrize("bound", [bound.name for bound in fields(Limits)])
@pytest.mark.parametrize("value", [0, -1])
def test_every_limit_is_above_zero(bound: str, value: int) -> None:
    check_limits(Limits())
    with pytest.raises(ProgramRefused) as refused:
        check_limits(Limits(**{bound: value}))
    assert refused.value.field == f"limits.{bound}"
