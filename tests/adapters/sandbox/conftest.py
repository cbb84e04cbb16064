"""The walls the tests run behind: what this kernel offers, and two lesser kernels made by using less of it."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harmony.adapters.sandbox.isolation import available
from harmony.adapters.sandbox.model import Isolation, Limits, Outcome, Program
from harmony.adapters.sandbox.run import run
from harmony.kernel.clock import SystemClock

Execute = Callable[..., Outcome]


@pytest.fixture(params=["offered", "no namespaces", "no namespaces, Landlock 2"])
def walls(request: pytest.FixtureRequest) -> Isolation:
    offered = available()
    if not offered.sufficient:
        reason = "isolation is not to be had here: " + ", ".join(offered.missing)
        if os.environ.get("HARMONY_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    lesser = replace(offered, user_namespaces=False)
    oldest = replace(lesser, landlock_abi=min(2, offered.landlock_abi))
    return {"offered": offered, "no namespaces": lesser}.get(request.param, oldest)


@pytest.fixture
def execute(walls: Isolation) -> Execute:
    """Run Python source behind the walls: ``execute(source, *arguments, limits=..., stdin=...)``."""

    def run_source(source: str, *arguments: str, limits: Limits | None = None, stdin: bytes = b"") -> Outcome:
        program = Program({"main.py": source.encode()}, ("python", "main.py", *arguments), stdin)
        return asyncio.run(run(program, limits or Limits(), clock=SystemClock(), isolation=walls))

    return run_source


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter and write to, so that only the sandbox stands in the way."""
    folder = Path(tempfile.mkdtemp(prefix="harmony-outside-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)
