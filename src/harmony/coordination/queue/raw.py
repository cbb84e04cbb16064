"""A route without the machinery of the others: its guard, its own body, its own answer.

The framework's parsing of parameters, its validation and its encoding cost more than the sending itself. What is
left out is only that: who calls is found by the same guard, and a refusal becomes the same problem document.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

import msgspec
from fastapi import Request
from fastapi.routing import APIRoute

from harmony.commons.identity.edge import Guard
from harmony.coordination.queue.errors import JsonOnly, MessageInvalid

Shape = TypeVar("Shape")

_PLACE = re.compile(r" - at `\$\.?(.*)`\Z")


class RawRoute(APIRoute):
    """An API route whose endpoint takes ``edge`` and ``request`` and returns the response."""

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        request = Request(scope, receive)
        guard = next(found.call for found in self.dependant.dependencies if isinstance(found.call, Guard))
        response = await self.endpoint(edge=await guard(request), request=request)
        await response(scope, receive, send)


async def read_json(request: Request, decoder: msgspec.json.Decoder[Shape]) -> tuple[Shape, bytes]:
    """The body in its shape, and as it came; raises ``JsonOnly``, and ``MessageInvalid`` naming the field."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise JsonOnly("this media type is not read here", field="Content-Type")
    body = await request.body()
    try:
        body.decode()
        return decoder.decode(body), body
    except msgspec.ValidationError as error:
        raise MessageInvalid(_told(str(error)), field=_field(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MessageInvalid("the body is no JSON", field="body") from error


def _field(message: str) -> str:
    place = _PLACE.search(message)
    if place is not None and place[1]:
        return place[1].replace("[...]", "")
    missing = re.search(r"missing required field `([a-z_]{1,64})`", message)
    return missing[1] if missing else "body"


def _told(message: str) -> str:
    return f"{_field(message)}: {_PLACE.sub('', message)}"


def described(shape: type, *, many: bool = False) -> dict[str, Any]:
    """``shape`` (or a batch of it) as the request body of an OpenAPI operation."""
    whole = msgspec.json.schema(shape, ref_template="{name}")
    one = whole["$defs"][shape.__name__]
    schema = one if not many else _batch(one)
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": json.loads(json.dumps(schema))}}}
    }


def _batch(one: dict[str, Any]) -> dict[str, Any]:
    items = {"type": "array", "minItems": 1, "items": one}
    return {"title": "SendMessages", "type": "object", "required": ["messages"], "properties": {"messages": items}}
