"""Bytes to commands: however they are cut, and whatever else comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.adapters.resp.protocol import (
    ARGUMENT_LIMIT_BYTES,
    ARGUMENTS_LIMIT,
    ProtocolError,
    Reader,
    encoded,
    error,
    pushed,
)

COMMANDS = st.lists(st.lists(st.binary(max_size=40), min_size=1, max_size=5), max_size=5)


def written(command: list[bytes]) -> bytes:
    return encoded(command)


@given(COMMANDS, st.lists(st.integers(1, 20), min_size=1, max_size=50))
def test_commands_are_read_however_they_are_cut(commands: list[list[bytes]], cuts: list[int]) -> None:
    data = b"".join(map(written, commands))
    reader, found, place = Reader(), [], 0
    for cut in cuts * (len(data) + 1):
        if place >= len(data):
            break
        reader.feed(data[place : place + cut])
        place += cut
        while (command := reader.next()) is not None:
            found.append(command)
    assert found == commands
    assert reader.is_between


@pytest.mark.parametrize(
    "data",
    [
        b"PING\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"*0\r\n",
        b"*-1\r\n",
        b"*1\r\n*1\r\n$4\r\nPING\r\n",
        b"*1\r\n$-1\r\n",
        b"*1\r\n$4\r\nPINGxx",
        b"*%d\r\n" % (ARGUMENTS_LIMIT + 1),
        b"*99999999999\r\n",
        b"*1\r\n$%d\r\n" % (ARGUMENT_LIMIT_BYTES + 1),
        b"*1\r\n$4294967296\r\n",
        b"*" + b"9" * 40,
        b"*1\r\n$+4\r\nPING\r\n",
        b"*3\r\n" + (b"$%d\r\n%s\r\n" % (ARGUMENT_LIMIT_BYTES, b"x" * ARGUMENT_LIMIT_BYTES)) * 3,
    ],
)
def test_what_is_no_command_or_too_large_is_refused_before_it_is_collected(data: bytes) -> None:
    reader = Reader()
    reader.feed(data)
    with pytest.raises(ProtocolError):
        reader.next()


def test_a_command_at_its_limits_is_taken() -> None:
    command = [b"x" * ARGUMENT_LIMIT_BYTES, *[b""] * (ARGUMENTS_LIMIT - 1)]
    reader = Reader()
    reader.feed(written(command))
    assert reader.next() == command


def test_answers_are_written_as_each_version_has_them() -> None:
    assert encoded({"a": [None, 1, "ü"]}) == b"*2\r\n$1\r\na\r\n*3\r\n$-1\r\n:1\r\n$2\r\n\xc3\xbc\r\n"
    assert encoded({"a": None}, 3) == b"%1\r\n$1\r\na\r\n_\r\n"
    assert pushed(["message"], 2) == b"*1\r\n$7\r\nmessage\r\n"
    assert pushed(["message"], 3) == b">1\r\n$7\r\nmessage\r\n"
    assert error("ERR", "one\r\n+OK") == b"-ERR one +OK\r\n"
