"""What this kernel offers a process like this one, found out once by trying it."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from harmony.adapters.sandbox.model import Isolation
from harmony.adapters.sandbox.seccomp import supported_machine

PROBE_TIMEOUT_SECONDS = 30
SOURCE = str(Path(__file__).parents[3])

# The launcher runs isolated from the environment's packages; the one path it gets is where this code lies.
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from harmony.adapters.sandbox import child; child.{}()"


def launcher(entry: str, *arguments: str) -> list[str]:
    """The command line that runs ``entry`` of the launcher on the base interpreter."""
    # Outside a virtual environment, and before Python named it, the interpreter is its own base.
    interpreter: str = getattr(sys, "_base_executable", sys.executable)
    return [interpreter, "-I", "-S", "-B", "-c", _START.format(entry), SOURCE, *arguments]


def available() -> Isolation:
    """What this kernel offers; blocks for a moment the first time, never raises."""
    if not supported_machine():
        return Isolation(0, False, False, ("Linux on x86_64 or aarch64",))
    try:
        return _offered()
    except (OSError, ValueError, subprocess.SubprocessError) as failure:
        return Isolation(0, False, False, (f"a launcher process: {type(failure).__name__}",))


@functools.cache
def _offered() -> Isolation:
    """The answer of a probing launcher, remembered; a launcher that fails is asked again the next time."""
    with tempfile.TemporaryDirectory(prefix="harmony-probe-") as folder:
        answer = subprocess.run(
            launcher("probe", folder), capture_output=True, env={}, timeout=PROBE_TIMEOUT_SECONDS, check=True
        ).stdout
    granted = json.loads(answer)
    needed = (
        ("Landlock (Linux >= 5.13, among the active security modules)", granted["landlock_abi"]),
        ("seccomp filters", granted["seccomp"]),
    )
    return Isolation(
        landlock_abi=granted["landlock_abi"],
        seccomp=granted["seccomp"],
        user_namespaces=granted["user_namespaces"],
        missing=tuple(words for words, present in needed if not present),
    )
