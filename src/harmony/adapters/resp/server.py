"""Connections of Redis' clients: bounded in number, in patience, and in what is waiting to be read."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from harmony.adapters.resp.protocol import ProtocolError, Reader, error

CONNECTIONS_LIMIT = 200
COMMAND_LIMIT_SECONDS = 10.0
"""From a command's first byte to its last."""
IDLE_LIMIT_SECONDS = 3_600.0
SEND_LIMIT_SECONDS = 10.0
UNREAD_LIMIT_BYTES = 256 * 1024
READ_BYTES = 64 * 1024

Send = Callable[[bytes], Awaitable[None]]


class Conversation(Protocol):
    """What a client and the house say to each other over one connection."""

    async def answer(self, command: list[bytes]) -> bytes | None:
        """The answer to a command; None ends the connection."""
        ...

    async def end(self) -> None:
        """The connection is gone."""
        ...


Begin = Callable[[str, Send], Conversation]
"""Begins a conversation with the client at an address; the function sends it what it did not ask for."""


class Line:
    """One connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, command_seconds: float, send_seconds: float
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._command_seconds = command_seconds
        self._send_seconds = send_seconds
        writer.transport.set_write_buffer_limits(high=UNREAD_LIMIT_BYTES)

    async def send(self, data: bytes) -> None:
        """Send; a client that does not read is cut off, so that it holds nobody up."""
        self._writer.write(data)
        try:
            async with asyncio.timeout(self._send_seconds):
                await self._writer.drain()
        except TimeoutError:
            self._writer.transport.abort()
            raise ConnectionAbortedError from None

    async def talk(self, conversation: Conversation) -> None:
        """Answer commands in their order until the client or the conversation ends it."""
        commands = Reader()
        while (command := await self._command(commands)) is not None:
            answer = await conversation.answer(command)
            if answer is None:
                return
            await self.send(answer)

    async def _command(self, commands: Reader) -> list[bytes] | None:
        """The next command, whole within its time from its first byte on; None when the client has gone."""
        command = commands.next()
        if command is None and commands.is_between:
            async with asyncio.timeout(IDLE_LIMIT_SECONDS):
                data = await self._reader.read(READ_BYTES)
            if not data:
                return None
            commands.feed(data)
            command = commands.next()
        async with asyncio.timeout(self._command_seconds):
            while command is None:
                data = await self._reader.read(READ_BYTES)
                if not data:
                    return None
                commands.feed(data)
                command = commands.next()
        return command

    async def refuse(self, reason: str) -> None:
        with contextlib.suppress(OSError):
            await self.send(error("ERR", reason))


@asynccontextmanager
async def listening(
    listener: socket.socket,
    begin: Begin,
    *,
    connections: int = CONNECTIONS_LIMIT,
    command_seconds: float = COMMAND_LIMIT_SECONDS,
    send_seconds: float = SEND_LIMIT_SECONDS,
) -> AsyncIterator[None]:
    """Serve clients of ``listener`` while the block runs; afterwards every connection is closed."""
    open_lines: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        line = Line(reader, writer, command_seconds, send_seconds)
        try:
            if len(open_lines) >= connections:
                await line.refuse("max number of clients reached")
                return
            open_lines.add(task)
            await _converse(line, begin(_address(writer), line.send))
        except asyncio.CancelledError:
            writer.transport.abort()  # the server ends, and nobody waits for this task but the server
        finally:
            open_lines.discard(task)
            writer.close()

    server = await asyncio.start_server(connected, sock=listener, limit=READ_BYTES)
    try:
        yield
    finally:
        server.close()
        for task in list(open_lines):
            task.cancel()
        await asyncio.gather(*open_lines, return_exceptions=True)


async def _converse(line: Line, conversation: Conversation) -> None:
    try:
        await line.talk(conversation)
    except ProtocolError as wrong:
        await line.refuse(f"Protocol error: {wrong}")
    except TimeoutError:
        await line.refuse("the command did not arrive in time")
    except OSError:
        return
    finally:
        await conversation.end()


def _address(writer: asyncio.StreamWriter) -> str:
    name = writer.get_extra_info("peername")
    return str(name[0]) if name else ""
