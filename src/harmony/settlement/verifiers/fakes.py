"""In-memory stand-ins of the verifiers' ports; under the same contract suite as the real ones."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from harmony.settlement.verifiers.errors import ProgramUnfit, RunnerUnavailable
from harmony.settlement.verifiers.model import OUTPUT_LIMIT_BYTES, Run

PYTHON = "python"


@dataclass
class InMemoryRunner:
    """Runs trusted Python in this process, for tests and simulations: no isolation, no time limit.

    ``missing`` set makes it refuse as a machine without isolation does; ``runs`` counts what was run.
    """

    missing: str | None = None
    runs: int = field(default=0)

    async def unavailable(self) -> str | None:
        return self.missing

    async def run(self, files: Mapping[str, bytes], argv: tuple[str, ...], stdin: bytes) -> Run:
        if self.missing is not None:
            raise RunnerUnavailable(self.missing)
        script = argv[1] if argv[:1] == (PYTHON,) and len(argv) > 1 else argv[0]
        if script not in files:
            raise ProgramUnfit("argv names none of the files", field="argv")
        self.runs += 1
        return _run(files[script], script, files, argv, stdin)


def _run(source: bytes, name: str, files: Mapping[str, bytes], argv: tuple[str, ...], stdin: bytes) -> Run:
    """Execute ``source`` with ``open`` reading from ``files`` only and the standard streams in memory."""
    out, err = io.StringIO(), io.StringIO()

    def read_only_open(path: str, mode: str = "r", encoding: str | None = None) -> io.StringIO | io.BytesIO:
        if path not in files:
            raise FileNotFoundError(2, "No such file or directory", path)
        return io.BytesIO(files[path]) if "b" in mode else io.StringIO(files[path].decode(encoding or "utf-8"))

    names = {"__name__": "__main__", "__file__": name, "open": read_only_open}
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = list(argv[argv.index(name) :]), io.StringIO(stdin.decode())
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            # A stand-in for an interpreter interprets; what it is given is the test's own.
            exec(compile(source, name, "exec"), names)  # noqa: S102  # tidy: ok(dynamic-code): as the line above says
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException as raised:  # whatever a program raises ends that program, not its runner
        err.write(f"{type(raised).__name__}: {raised}\n")
        code = 1
    finally:
        sys.argv, sys.stdin = before
    stdout = out.getvalue().encode()
    stopped = "output" if len(stdout) > OUTPUT_LIMIT_BYTES else None
    return Run(None if stopped else code, stdout[:OUTPUT_LIMIT_BYTES], err.getvalue().encode(), stopped)
