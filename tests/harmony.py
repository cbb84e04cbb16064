"""A Harmony of the tests' own: started as anybody starts it, on ports and a folder of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from harmony.apps.components.declared import COMPONENTS
from harmony.apps.runtime import run_file
from harmony.apps.runtime.run_file import RunFile
from harmony.apps.settings import PORT_OFFSET_LIMIT

START_LIMIT_SECONDS = 120
STOP_LIMIT_SECONDS = 20
COMMAND = [str(Path(sys.executable).with_name("harmony"))]
"""The command that `make setup` makes, so that the tests run what people run."""


@dataclass(frozen=True)
class Harmony:
    """A running one: its process, its data folder, its ports."""

    process: subprocess.Popen[bytes]
    data: Path
    offset: int

    @property
    def run(self) -> RunFile:
        found = run_file.read(self.data)
        assert found is not None, "it does not run"
        return found

    @property
    def url(self) -> str:
        return self.run.front_door

    @property
    def operator_token(self) -> str:
        return self.run.operator_token

    def port(self, component: str) -> int:
        return self.run.ports[component]

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Ask the front door as the operator."""
        headers = {"Authorization": f"Bearer {self.operator_token}", **content.pop("headers", {})}
        return httpx.request(method, self.url + path, headers=headers, timeout=30, trust_env=False, **content)

    def sign_in_link(self, principal: str = "operator") -> str:
        made = self.ask("POST", "/auth/links", json={"principal_id": principal}).json()
        return f"{self.url}/sign-in#{made['link']}"


@contextmanager
def running_harmony(data: Path, *components: str) -> Iterator[Harmony]:
    """``harmony up`` until the block ends; ended as Ctrl-C ends it."""
    offset = free_offset()
    arguments = ["up", *components, "--data", str(data), "--port-offset", str(offset)]
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        until_started(process, data)
        yield Harmony(process, data, offset)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(STOP_LIMIT_SECONDS)
        assert process.stderr is not None
        process.stderr.close()


def until_started(process: subprocess.Popen[bytes], data: Path) -> None:
    """Wait until it says where it is and the conductor has heard from everyone."""
    ends = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < ends:
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(f"harmony up ended: {process.stderr.read().decode()}")
        run = run_file.read(data)
        if run is not None and run.process == process.pid and _healthy(run):
            return
        time.sleep(0.05)  # tidy: ok(test-sleep): waits for another process, on a condition
    raise AssertionError("harmony up did not start in time")


def demo(data: Path, offset: int, *arguments: str) -> subprocess.Popen[bytes]:
    """``harmony demo --json`` as a process of its own."""
    command = [*COMMAND, "demo", "--json", "--data", str(data), "--port-offset", str(offset), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def summary(output: bytes) -> dict[str, Any]:
    """The last line that a demo printed."""
    found: dict[str, Any] = json.loads(output.decode().splitlines()[-1])
    return found


def free_offset() -> int:
    """An offset at which every component's port is free now."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            offset = probe.getsockname()[1] - COMPONENTS[0].port
        if 0 < offset <= PORT_OFFSET_LIMIT and all(_free(component.port + offset) for component in COMPONENTS):
            return offset


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _healthy(run: RunFile) -> bool:
    port = run.ports.get("conductor")
    if port is None:
        return True
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).is_success
    except httpx.HTTPError:
        return False
