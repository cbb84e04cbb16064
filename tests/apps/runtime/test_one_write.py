"""An answer leaves in one piece where it can, and in order always."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest_asyncio

from harmony.apps.runtime.connections import GATHERED_LIMIT_BYTES, Gathering

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
async def wire() -> tuple[Wire, Gathering]:
    found = Wire()
    return found, Gathering(cast(Any, found), asyncio.get_running_loop())


async def test_what_is_written_in_one_turn_is_one_call(wire: tuple[Wire, Gathering]) -> None:
    inner, outer = wire
    outer.write(HEAD)
    outer.writelines([b"hel", b"lo"])
    assert inner.done == []
    await asyncio.sleep(0)
    assert inner.done == [HEAD + b"hello"]


async def test_what_nothing_follows_does_not_wait_for_more(wire: tuple[Wire, Gathering]) -> None:
    inner, outer = wire
    outer.write(HEAD)
    await asyncio.sleep(0)
    outer.write(b"later")
    await asyncio.sleep(0)
    assert inner.done == [HEAD, b"later"]


async def test_no_more_is_gathered_than_the_limit(wire: tuple[Wire, Gathering]) -> None:
    inner, outer = wire
    outer.write(b"x" * (GATHERED_LIMIT_BYTES - 1))
    assert inner.done == []
    outer.write(b"y")
    assert inner.done == [b"x" * (GATHERED_LIMIT_BYTES - 1) + b"y"]


async def test_nothing_is_lost_when_the_line_is_closed(wire: tuple[Wire, Gathering]) -> None:
    inner, outer = wire
    outer.write(HEAD)
    outer.close()
    await asyncio.sleep(0)
    assert inner.done == [HEAD, "closed"]
    assert outer.is_closing()
