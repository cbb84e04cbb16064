"""The real Conductor, over HTTP and one WebSocket."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from harmony.sdk.errors import ConductorAway, Refused
from harmony.sdk.ports import Stream

DEFAULT_URL = "http://127.0.0.1:8888"
CALL_TIMEOUT_SECONDS = 10.0
REQUEST_MARGIN_SECONDS = 5.0
FRAME_LIMIT_BYTES = 1024 * 1024


class HttpConductor:
    """``Conductor`` at an address; ``token`` proves who the member is."""

    def __init__(self, url: str = DEFAULT_URL, token: str | None = None) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.AsyncClient(
            base_url=self._url, headers=self._headers, timeout=CALL_TIMEOUT_SECONDS, trust_env=False
        )

    async def register(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = await self._call("POST", "/register", json=body)
        return answer

    async def deregister(self, component_id: str, reason: str) -> None:
        await self._call("POST", "/deregister", json={"component_id": component_id, "reason": reason})

    async def services(self, filters: Mapping[str, str]) -> list[Mapping[str, Any]]:
        answer = await self._call("GET", "/services", params=filters)
        return list(answer["services"])

    async def request(self, body: Mapping[str, Any], key: str | None) -> Any:
        headers = {} if key is None else {"Idempotency-Key": key}
        timeout = body.get("timeout_seconds", CALL_TIMEOUT_SECONDS) + REQUEST_MARGIN_SECONDS
        answer = await self._call("POST", "/request", json=body, headers=headers, timeout=timeout)
        return answer["response"]

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[Stream]:
        address = "ws" + self._url.removeprefix("http") + "/heartbeat/stream"
        try:
            socket = await connect(
                address, additional_headers=self._headers, max_size=FRAME_LIMIT_BYTES, compression=None, proxy=None
            )
        except InvalidStatus as error:
            raise _refused(error.response.status_code, error.response.body) from error
        except (OSError, TimeoutError, WebSocketException) as error:
            raise ConductorAway("the Conductor does not answer") from error
        async with socket:
            yield _Socket(socket)

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, method: str, path: str, **content: Any) -> Any:
        try:
            answer = await self._client.request(method, path, **content)
        except httpx.HTTPError as error:
            raise ConductorAway("the Conductor does not answer") from error
        if not answer.is_success:
            raise _refused(answer.status_code, answer.content)
        return answer.json()


class _Socket:
    """``Stream`` over a WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, frame: Mapping[str, Any]) -> None:
        try:
            await self._socket.send(json.dumps(frame))
        except (OSError, WebSocketException) as error:
            raise ConductorAway("the stream has ended") from error

    async def receive(self) -> Mapping[str, Any]:
        try:
            frame: Mapping[str, Any] = json.loads(await self._socket.recv())
        except (OSError, ValueError, WebSocketException) as error:
            raise ConductorAway("the stream has ended") from error
        return frame


def _refused(status: int, body: bytes | bytearray | None) -> Refused | ConductorAway:
    """A problem document as the refusal it is; anything else is no Conductor that is well."""
    try:
        problem = json.loads(body or b"")
        return Refused(problem["code"], problem["message"], problem["details"], status)
    except (ValueError, KeyError, TypeError):
        return ConductorAway(f"what answers there is no Conductor (HTTP {status})")
