"""One request to an MCP server over streamable HTTP, answered as any other response.

The SDK's session manager runs for the length of one request: without sessions there is nothing to keep between two,
nothing to end with the process, and a revoked token is refused at its next call. What a client may do without:
``GET`` (messages that the server begins) and ``DELETE`` (the end of a session); both are 405, as the protocol allows.
"""

from __future__ import annotations

import json

from fastapi.responses import JSONResponse, Response
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import INVALID_REQUEST, PARSE_ERROR, JSONRPCNotification, jsonrpc_message_adapter
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope, Send

from harmony.adapters.mcp.server import Served


class Exchange(Response):
    """Hands one request, whose ``body`` has been read, to ``server``; a caller who leaves cancels the work."""

    def __init__(self, server: Served, body: bytes) -> None:
        super().__init__()
        self._server = server
        self._request_body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        manager = StreamableHTTPSessionManager(self._server, stateless=True)
        async with manager.run():
            await manager.handle_request(scope, _replayed(self._request_body, receive), send)


def refusal(body: bytes) -> Response | None:
    """The answer to a body that is no JSON-RPC message. The SDK's own would quote the body."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return _failed(PARSE_ERROR, "Parse error")
    return None if _is_message(content) else _failed(INVALID_REQUEST, "The body is one JSON-RPC message")


def _is_message(content: object) -> bool:
    """Whether the SDK can read it; it would take a request with an unreadable id for a notification."""
    try:
        message = jsonrpc_message_adapter.validate_python(content, by_name=False)
    except ValidationError:
        return False
    return not (isinstance(message, JSONRPCNotification) and isinstance(content, dict) and "id" in content)


def _failed(code: int, message: str) -> JSONResponse:
    content = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
    return JSONResponse(content, status_code=400)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """``receive`` as if nothing had been read from it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
