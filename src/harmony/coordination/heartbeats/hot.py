"""``POST /heartbeat`` in front of the framework: a plain beat that moves nothing is answered from memory.

Taken here are only beats as the specification prints them, without a token, from loopback, of a lease that stays as it
is. Whatever else comes, or cannot be read at a glance, is handed on whole to the usual route, which alone refuses: so
what is allowed is decided in one place.
"""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from fastapi.routing import APIRoute

from harmony.commons.identity.edge import LOCAL, House
from harmony.coordination.heartbeats.model import (
    GOOD,
    METRIC_NAME_LIMIT_CHARACTERS,
    METRIC_VALUE_LIMIT,
    METRICS_LIMIT,
    Accepted,
    Beat,
)
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.schemas import TIMESTAMP_LIMIT_CHARACTERS, Acknowledged
from harmony.coordination.registry.service import UNPROVEN

_NEEDS_MORE = frozenset({b"authorization", b"cookie", b"origin", b"traceparent"})
"""Headers with which a request is not plain."""
_JSON = b"application/json"
_METRIC_NAME = re.compile(rf"[A-Za-z_][A-Za-z0-9_.:/-]{{0,{METRIC_NAME_LIMIT_CHARACTERS - 1}}}\Z")


class PlainBeat(msgspec.Struct):
    """A beat as it is printed; other fields are ignored here as there."""

    component_id: str
    type: str = "beat"
    timestamp: str | None = None
    status: str = GOOD
    metrics: dict[str, int | float] | None = None
    acknowledged: list[str] = msgspec.field(default_factory=list)
    incarnation: int | None = None
    sequence: int | None = None


_DECODER = msgspec.json.Decoder(PlainBeat)


class HotRoute(APIRoute):
    """An API route that answers the plain case by itself and is the usual route otherwise."""

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] != "POST" or not _is_plain(scope):
            await super().handle(scope, receive, send)
            return
        messages = [await receive()]
        while messages[-1].get("more_body"):
            messages.append(await receive())
        answer = _answer(scope["app"].state.house, b"".join(message.get("body", b"") for message in messages))
        if answer is None:
            waiting = iter(messages)

            async def again() -> Any:
                return next(waiting, None) or await receive()

            await super().handle(scope, again, send)
            return
        headers = [(b"content-type", _JSON), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


def _is_plain(scope: Any) -> bool:
    """Whether the local caller sends JSON and nothing that needs a closer look."""
    client = scope.get("client")
    if client is None or not scope["app"].state.house.local_allowed or not _is_loopback(client[0]):
        return False
    kinds = [value for name, value in scope["headers"] if name == b"content-type"]
    return kinds == [_JSON] and not any(name in _NEEDS_MORE for name, _ in scope["headers"])


@lru_cache(maxsize=64)
def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def plain_beat(body: bytes | str) -> Beat | None:
    """A good beat as it is printed; None when it has to be looked at more closely."""
    try:
        said = _DECODER.decode(body)
        if said.timestamp is not None:
            datetime.fromisoformat(said.timestamp)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    if not _is_within_bounds(said):
        return None
    metrics = None if said.metrics is None else {name: _whole(value) for name, value in said.metrics.items()}
    return Beat(said.component_id, GOOD, metrics, (), said.incarnation, said.sequence)


def due_text(accepted: Accepted) -> str:
    """When the next beat is due, as the wire says it."""
    return accepted.next_beat_at.isoformat(timespec="seconds")[:19] + "Z"


def _answer(house: House, body: bytes) -> bytes | None:
    """The acknowledgement; None when the usual route must look."""
    beat = plain_beat(body)
    if beat is None:
        return None
    accepted = house.port(Pulse).hear(LOCAL.id, UNPROVEN, beat, house.database.clock.now())
    return None if accepted is None else _encoded(accepted)


def _is_within_bounds(said: PlainBeat) -> bool:
    if said.status != GOOD or said.acknowledged or len(said.timestamp or "") > TIMESTAMP_LIMIT_CHARACTERS:
        return False
    if said.sequence is not None and not 0 <= said.sequence <= METRIC_VALUE_LIMIT:
        return False
    metrics = said.metrics or {}
    return len(metrics) <= METRICS_LIMIT and all(
        _METRIC_NAME.match(name) and -METRIC_VALUE_LIMIT <= value <= METRIC_VALUE_LIMIT
        for name, value in metrics.items()
    )


def _whole(value: float) -> int | float:
    """JSON has one kind of number: 150 stays 150."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _encoded(accepted: Accepted) -> bytes:
    if accepted.commands:
        return Acknowledged.of(accepted).model_dump_json().encode()
    return b'{"status":"acknowledged","next_heartbeat":"%s","commands":[]}' % due_text(accepted).encode()
