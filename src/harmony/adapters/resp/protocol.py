"""Bytes to commands and answers to bytes (RESP 2 and 3, redis.io/docs/reference/protocol-spec).

A command is an array of bulk strings. Commands in plain words are not taken: a browser can be made to send such to any
port, a well-formed array it cannot begin with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ARGUMENTS_LIMIT = 64
ARGUMENT_LIMIT_BYTES = 128 * 1024
COMMAND_LIMIT_BYTES = 256 * 1024
_HEADER_LIMIT_BYTES = 32

Answer = None | int | str | bytes | Sequence["Answer"] | Mapping[str, "Answer"]


class ProtocolError(Exception):
    """What came is no command: nothing after it can be read."""


class Reader:
    """Collects bytes until a command is whole."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._place = 0
        self._left: int | None = None
        self._arguments: list[bytes] = []

    @property
    def is_between(self) -> bool:
        """Whether nothing of a next command has come."""
        return not self._buffer and self._left is None

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def next(self) -> list[bytes] | None:
        """The next command, None until it is whole; raises ``ProtocolError``."""
        if self._left is None:
            many = self._header(b"*")
            if many is None:
                return None
            if not 1 <= many <= ARGUMENTS_LIMIT:
                raise ProtocolError(f"a command has 1 to {ARGUMENTS_LIMIT} parts")
            self._left, self._arguments = many, []
        while self._left:
            argument = self._bulk()
            if argument is None:
                return None
            self._arguments.append(argument)
            self._left -= 1
            if sum(map(len, self._arguments)) > COMMAND_LIMIT_BYTES:
                raise ProtocolError(f"a command holds at most {COMMAND_LIMIT_BYTES} bytes")
        del self._buffer[: self._place]
        self._place, self._left = 0, None
        return self._arguments

    def _bulk(self) -> bytes | None:
        begun = self._place
        length = self._header(b"$")
        if length is None:
            return None
        if not 0 <= length <= ARGUMENT_LIMIT_BYTES:
            raise ProtocolError(f"a part of a command holds at most {ARGUMENT_LIMIT_BYTES} bytes")
        end = self._place + length
        if len(self._buffer) < end + 2:
            self._place = begun
            return None
        if self._buffer[end : end + 2] != b"\r\n":
            raise ProtocolError("a part of a command does not end where it says")
        argument = bytes(self._buffer[self._place : end])
        self._place = end + 2
        return argument

    def _header(self, sign: bytes) -> int | None:
        """The number of a line such as ``*3``; None until the line is whole."""
        if self._place < len(self._buffer) and self._buffer[self._place : self._place + 1] != sign:
            raise ProtocolError(f"expected '{sign.decode()}'")
        end = self._buffer.find(b"\r\n", self._place, self._place + _HEADER_LIMIT_BYTES)
        if end < 0:
            if len(self._buffer) - self._place >= _HEADER_LIMIT_BYTES:
                raise ProtocolError("a length has too many digits")
            return None
        digits = bytes(self._buffer[self._place + 1 : end])
        if not digits.isdigit():
            raise ProtocolError("a length is a number")
        self._place = end + 2
        return int(digits)


def encoded(answer: Answer, version: int = 2) -> bytes:
    """An answer: text as bulk string, None, numbers, lists, and maps (flat lists in version 2)."""
    if answer is None:
        return b"_\r\n" if version == 3 else b"$-1\r\n"
    if isinstance(answer, int):
        return b":%d\r\n" % answer
    if isinstance(answer, str | bytes):
        data = answer.encode() if isinstance(answer, str) else answer
        return b"$%d\r\n%s\r\n" % (len(data), data)
    if isinstance(answer, Mapping):
        pairs = [part for pair in answer.items() for part in pair]
        head = b"%%%d\r\n" % len(answer) if version == 3 else b"*%d\r\n" % len(pairs)
        return head + b"".join(encoded(part, version) for part in pairs)
    return b"*%d\r\n" % len(answer) + b"".join(encoded(part, version) for part in answer)


def pushed(parts: Sequence[Answer], version: int) -> bytes:
    """What nobody asked for at this moment: a message to a subscriber."""
    return (b">" if version == 3 else b"*") + encoded(list(parts), version)[1:]


def simple(text: str) -> bytes:
    return b"+%s\r\n" % text.encode()


def error(code: str, text: str) -> bytes:
    """``code`` is the first word that clients look at; line ends would begin another answer."""
    return b"-%s %s\r\n" % (code.encode(), " ".join(text.split()).encode())
