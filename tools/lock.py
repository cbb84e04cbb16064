"""Write ``requirements.lock`` afresh from ``pyproject.toml``: ``make lock``.

Uses the ``uv`` found on the PATH, or one in an environment that is thrown away afterwards. Pins that still fit are
kept; ``make lock ARGS=--upgrade`` moves everything forward. The addresses of registries stay out of the file.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = (
    "--all-extras",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
    "--quiet",
)


def main(further: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or _throw_away_uv(Path(folder))
        command = [uv, "pip", "compile", "pyproject.toml", *OPTIONS, *further, "--output-file=requirements.lock"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def _throw_away_uv(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"], check=True)
    return str(folder / "bin" / "uv")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
