"""Requests and probes over HTTP: no redirects, no proxies, bounded in time and size, the component's own host only."""

from __future__ import annotations

import json
from typing import Any

import httpx

from harmony.adapters.http.traces import traceparent
from harmony.coordination.registry.model import Component
from harmony.coordination.requests.errors import ReplyUnfit
from harmony.coordination.requests.model import PING, PONG, REPLY_LIMIT_BYTES, Message, Reply, probe_url, request_url
from harmony.coordination.requests.ports import NotSent, Unanswered
from harmony.kernel.chance import Chance

CONNECTIONS_LIMIT = 100
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class HttpCarrier:
    """``Carrier`` with one bounded pool of connections for the process."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._client: httpx.AsyncClient | None = None

    async def carry(self, component: Component, message: Message, timeout_seconds: float) -> Reply:
        health = probe_url(component)
        if message.request_type == PING and health is not None:
            return await self._ping(component, timeout_seconds)
        url = request_url(component)
        if url is None:
            raise NotSent
        headers = {
            "Idempotency-Key": message.key,
            "traceparent": traceparent(message.trace, self._chance.secret_bytes(8).hex()),
        }
        status, body = await self._send("POST", url, timeout_seconds, headers=headers, json=message.as_json())
        return Reply(status, _json(body))

    async def probe(self, component: Component, timeout_seconds: float) -> bool | None:
        url = probe_url(component)
        if url is None:
            return None
        try:
            status, _ = await self._send("GET", url, timeout_seconds)
        except (NotSent, Unanswered, ReplyUnfit):
            return False
        return status < 500

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    async def _ping(self, component: Component, timeout_seconds: float) -> Reply:
        """A component that says how it is has answered."""
        alive = await self.probe(component, timeout_seconds)
        if not alive:
            raise NotSent
        return Reply(200, PONG)

    async def _send(self, method: str, url: str, timeout_seconds: float, **content: Any) -> tuple[int, bytes]:
        """Status and body, which is never read beyond its limit."""
        if self._client is None:
            limits = httpx.Limits(max_connections=CONNECTIONS_LIMIT)
            self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False, limits=limits)
        body = bytearray()
        try:
            async with self._client.stream(method, url, timeout=timeout_seconds, **content) as answer:
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > REPLY_LIMIT_BYTES:
                        raise ReplyUnfit("the reply is too large", details={"limit_bytes": REPLY_LIMIT_BYTES})
        except _BEFORE_SENDING as error:
            raise NotSent from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unanswered from error
        return answer.status_code, bytes(body)


def _json(body: bytes) -> Any:
    """The body as JSON; None when it is none and no success is claimed with it."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError as error:
        raise ReplyUnfit("the reply is not JSON") from error
