"""An MCP server over standard input and output, one message a line, until standard input ends."""

from __future__ import annotations

from collections.abc import AsyncIterable

import anyio
from anyio.abc import ObjectSendStream
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp_types import PARSE_ERROR, ErrorData, JSONRPCError

from harmony.adapters.mcp.server import Served

Incoming = SessionMessage | Exception


async def serve(served: Served) -> None:
    """Answer what comes; what cannot be read is answered too, where the SDK by itself would stay silent."""
    async with stdio_server() as (read, write):
        readable, messages = anyio.create_memory_object_stream[Incoming](0)
        async with anyio.create_task_group() as group:
            group.start_soon(_sift, read, readable, write)
            await served.run(messages, write, served.create_initialization_options())
            group.cancel_scope.cancel()


async def _sift(
    read: AsyncIterable[Incoming], readable: ObjectSendStream[Incoming], write: ObjectSendStream[SessionMessage]
) -> None:
    async with readable:
        async for item in read:
            if isinstance(item, Exception):
                await write.send(SessionMessage(_UNREADABLE))
            else:
                await readable.send(item)


_UNREADABLE = JSONRPCError(jsonrpc="2.0", id=None, error=ErrorData(code=PARSE_ERROR, message="Parse error"))
