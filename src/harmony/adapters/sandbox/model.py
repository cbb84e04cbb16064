"""What is run, within what limits, and what came of it. Pure: no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import Literal

from harmony.adapters.sandbox.errors import ProgramRefused, ProgramTooLarge

PYTHON = "python"
FILE_COUNT_LIMIT = 256
PROGRAM_LIMIT_BYTES = 10 * 1024 * 1024
PATH_LIMIT_BYTES = 240
PATH_DEPTH_LIMIT = 16
ARGUMENT_COUNT_LIMIT = 128
ARGUMENTS_LIMIT_BYTES = 16 * 1024
STDIN_LIMIT_BYTES = 1024 * 1024

Stop = Literal["time", "output", "memory", "files", "processes"]


@dataclass(frozen=True, slots=True)
class Isolation:
    """What this kernel offers. ``missing`` says in words what stands in the way of running anything."""

    landlock_abi: int
    seccomp: bool
    user_namespaces: bool
    missing: tuple[str, ...] = ()

    @property
    def sufficient(self) -> bool:
        """Landlock and seccomp hold and nothing else is missing; namespaces are extra."""
        return self.landlock_abi >= 1 and self.seccomp and not self.missing


@dataclass(frozen=True, slots=True)
class Program:
    """``files`` by relative path; ``argv[0]`` is ``python`` (the base interpreter) or the path of one of the files."""

    files: Mapping[str, bytes]
    argv: tuple[str, ...]
    stdin: bytes = b""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run, all above zero.

    ``cpu_seconds`` holds for each process (``wall_seconds`` bounds them all); ``memory_bytes`` for the address space of
    each process and the private memory of all together; ``file_bytes`` for each file and all that is written beside
    the program's own files; ``processes`` counts threads too; ``output_bytes`` holds for stdout and stderr each.
    """

    wall_seconds: float = 10.0
    cpu_seconds: int = 10
    memory_bytes: int = 512 * 1024 * 1024
    file_bytes: int = 32 * 1024 * 1024
    open_files: int = 64
    processes: int = 32
    output_bytes: int = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: by ``exit_code`` or ``signal``; ``stopped`` names the limit for which the sandbox ended it."""

    exit_code: int | None
    signal: int | None
    stdout: bytes
    stderr: bytes
    truncated: bool
    timed_out: bool
    stopped: Stop | None
    wall_seconds: float
    isolation: Isolation


def check_program(program: Program) -> None:
    """Raise ``ProgramRefused`` or ``ProgramTooLarge`` unless every path, argument and size is within bounds."""
    if len(program.files) > FILE_COUNT_LIMIT:
        raise ProgramTooLarge(f"at most {FILE_COUNT_LIMIT} files", field="files")
    if sum(len(content) for content in program.files.values()) > PROGRAM_LIMIT_BYTES:
        raise ProgramTooLarge(f"files hold at most {PROGRAM_LIMIT_BYTES} bytes together", field="files")
    if len(program.stdin) > STDIN_LIMIT_BYTES:
        raise ProgramTooLarge(f"stdin holds at most {STDIN_LIMIT_BYTES} bytes", field="stdin")
    for path in program.files:
        _check_path(path)
    _check_tree(program.files)
    _check_arguments(program)


def check_limits(limits: Limits) -> None:
    """Raise ``ProgramRefused`` unless every limit is above zero."""
    for bound in fields(limits):
        if not getattr(limits, bound.name) > 0:
            raise ProgramRefused(f"{bound.name} must be above zero", field=f"limits.{bound.name}")


def _check_path(path: str) -> None:
    parts = path.split("/")
    plain = all(part not in ("", ".", "..") for part in parts) and path.isprintable() and "\\" not in path
    if not plain:
        raise ProgramRefused("a path is not a plain relative path", field="files")
    try:
        size = len(path.encode())
    except UnicodeEncodeError as lone_surrogate:
        raise ProgramRefused("a path is not text", field="files") from lone_surrogate
    if size > PATH_LIMIT_BYTES or len(parts) > PATH_DEPTH_LIMIT:
        raise ProgramRefused(f"a path has at most {PATH_LIMIT_BYTES} bytes and {PATH_DEPTH_LIMIT} parts", field="files")


def _check_tree(files: Mapping[str, bytes]) -> None:
    for path in files:
        if any(str(parent) in files for parent in PurePosixPath(path).parents):
            raise ProgramRefused("one path is both a file and a folder", field="files")


def _check_arguments(program: Program) -> None:
    argv = program.argv
    if not argv or (argv[0] != PYTHON and argv[0] not in program.files):
        raise ProgramRefused("argv begins with `python` or one of the files", field="argv")
    if any("\0" in argument for argument in argv):
        raise ProgramRefused("an argument holds a zero byte", field="argv")
    size = sum(len(argument.encode("utf-8", "surrogatepass")) for argument in argv)
    if len(argv) > ARGUMENT_COUNT_LIMIT or size > ARGUMENTS_LIMIT_BYTES:
        raise ProgramTooLarge(
            f"at most {ARGUMENT_COUNT_LIMIT} arguments of {ARGUMENTS_LIMIT_BYTES} bytes together", field="argv"
        )
