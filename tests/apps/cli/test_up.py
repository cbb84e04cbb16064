"""``harmony up`` with some components only: what is said, and what the commands say that need the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.apps.cli.test_reach import speaking

from harmony.apps.cli import running
from harmony.apps.cli.up import announce
from harmony.apps.runtime.errors import NoFrontDoor
from harmony.apps.runtime.process import FRONT_DOOR, Running
from harmony.apps.runtime.run_file import RunFile


def told(capsys: pytest.CaptureFixture[str], ports: dict[str, int]) -> str:
    announce(Running(ports, "one-time", Path("/data")))
    return capsys.readouterr().out


def test_a_conductor_alone_is_announced_without_a_link_that_leads_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    alone = told(capsys, {"conductor": 8888})
    assert "http://127.0.0.1:8888" in alone
    assert "one-time" not in alone
    assert "http://127.0.0.1:9001/sign-in#one-time" in told(capsys, {"conductor": 8888, FRONT_DOOR: 9001})


def test_commands_that_ask_say_which_component_they_need() -> None:
    with pytest.raises(NoFrontDoor) as refused:
        running.ask(RunFile(os.getpid(), {"conductor": 8888}, "t"), "GET", "/inspect/")
    assert FRONT_DOOR in refused.value.hint


@pytest.mark.parametrize("status", [b"200 OK", b"500 Oops"])
def test_something_else_on_the_port_is_no_harmony(status: bytes) -> None:
    page = b"<html>"
    words = b"HTTP/1.1 " + status + b"\r\nContent-Length: " + str(len(page)).encode() + b"\r\n\r\n" + page
    with speaking(words) as url, pytest.raises(running.NotHarmony):
        running.ask(RunFile(os.getpid(), {FRONT_DOOR: int(url.rsplit(":", 1)[1])}, "t"), "GET", "/inspect/")
