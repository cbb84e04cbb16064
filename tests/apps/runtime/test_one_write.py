"""An answer leaves in one piece where it can, and in order always."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
import pytest_asyncio

from harmony.apps.runtime.connections import OneWrite

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"


class Wire:
    """A transport that notes each call to the system."""

    def __init__(self) -> None:
        self.done: list[bytes | str] = []

    def write(self, data: bytes) -> None:
        self.done.append(data)

    def close(self) -> None:
        self.done.append("closed")

    def is_closing(self) -> bool:
        return self.done[-1:] == ["closed"]


@pytest_asyncio.fixture
async def wire() -> tuple[Wire, OneWrite]:
    found = Wire()
    return found, OneWrite(cast(Any, found), asyncio.get_running_loop())


async def test_head_and_body_are_one_call(wire: tuple[Wire, OneWrite]) -> None:
    inner, outer = wire
    for _ in range(2):
        outer.write(HEAD)
        outer.write(b"hello")
    await asyncio.sleep(0)
    assert inner.done == [HEAD + b"hello"] * 2


async def test_a_head_that_nothing_follows_does_not_wait(wire: tuple[Wire, OneWrite]) -> None:
    inner, outer = wire
    outer.write(HEAD)
    await asyncio.sleep(0)
    assert inner.done == [HEAD]
    outer.write(b"later")
    assert inner.done == [HEAD, b"later"]


async def test_nothing_is_lost_when_the_line_is_closed(wire: tuple[Wire, OneWrite]) -> None:
    inner, outer = wire
    outer.write(HEAD)
    outer.close()
    assert inner.done == [HEAD, "closed"]
    assert outer.is_closing()


@pytest.mark.parametrize("data", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 101 Switching\r\n\r\n", b"\x81\x02hi"])
async def test_what_is_no_answers_head_goes_at_once(wire: tuple[Wire, OneWrite], data: bytes) -> None:
    inner, outer = wire
    outer.write(data)
    assert inner.done == [data]
