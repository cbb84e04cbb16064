"""The JSON-RPC 2.0 edge (https://www.jsonrpc.org/specification): one path, a table of methods, bounded batches.

Each method is a tool (``tool.py``), asks for its own permission and is one transaction; a call in a batch that fails
leaves the others. A refusal's problem document travels as the ``data`` of the error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError

from harmony.assist.tool import Tool, authorise, wrong_fields
from harmony.commons.identity.edge import Edge, requires
from harmony.kernel.errors import Invalid, Refusal

BATCH_LIMIT_CALLS = 20
ID_LIMIT_CHARS = 200

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
REFUSED = -32000
"""Of the range that the specification leaves to servers; ``data`` carries Harmony's own stable code."""

log = structlog.get_logger("rpc")


@dataclass(frozen=True, slots=True)
class Call:
    """A well-formed request object; without an id it is a notification and gets no answer."""

    method: str
    params: object
    call_id: str | int | None
    answered: bool


class CallMalformed(Exception):
    """Not a request object; ``call_id`` is the caller's where it could be read."""

    def __init__(self, reason: str, call_id: str | int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.call_id = call_id


def router(tools: Iterable[Tool]) -> APIRouter:
    """``POST /rpc`` serving ``tools`` as methods of their names."""
    methods = {tool.name: tool for tool in tools}
    routes = APIRouter(tags=["rpc"])

    @routes.post("/rpc", summary="JSON-RPC 2.0: " + ", ".join(sorted(methods)), openapi_extra=_body(methods))
    async def rpc(request: Request, edge: Annotated[Edge, requires("identity.self")]) -> Response:
        return _respond(await answer(methods, edge, await request.body()))

    return routes


async def answer(methods: Mapping[str, Tool], edge: Edge, body: bytes) -> Any:
    """The response object, a list of them for a batch, None when nothing is to be answered."""
    try:
        content = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return _failed(None, PARSE_ERROR, "Parse error")
    if not isinstance(content, list):
        return await _one(methods, edge, content)
    if not 1 <= len(content) <= BATCH_LIMIT_CALLS:
        return _failed(None, INVALID_REQUEST, f"Invalid Request: a batch has 1 to {BATCH_LIMIT_CALLS} calls")
    answers = [await _one(methods, edge, item) for item in content]
    return [item for item in answers if item is not None] or None


async def _one(methods: Mapping[str, Tool], edge: Edge, content: object) -> dict[str, Any] | None:
    try:
        call = read_call(content)
    except CallMalformed as malformed:
        return _failed(malformed.call_id, INVALID_REQUEST, f"Invalid Request: {malformed.reason}")
    found = await _run(methods, edge, call)
    return found if call.answered else None


def read_call(content: object) -> Call:
    """Read a request object; raises ``CallMalformed``."""
    if not isinstance(content, dict):
        raise CallMalformed("not an object")
    call_id = content.get("id")
    if not _is_id(call_id):
        raise CallMalformed("id is a string, a whole number or null")
    if content.get("jsonrpc") != "2.0":
        raise CallMalformed('jsonrpc is "2.0"', call_id)
    method = content.get("method")
    if not isinstance(method, str):
        raise CallMalformed("method is a string", call_id)
    params = content.get("params", {})
    if not isinstance(params, dict | list):
        raise CallMalformed("params is an object", call_id)
    return Call(method, params, call_id, "id" in content)


async def _run(methods: Mapping[str, Tool], edge: Edge, call: Call) -> dict[str, Any]:
    tool = methods.get(call.method)
    if tool is None:
        return _failed(call.call_id, METHOD_NOT_FOUND, "Method not found", {"methods": sorted(methods)})
    try:
        await authorise(edge, tool, "RPC")
        result = await tool.run(edge, tool.params.model_validate(call.params))
    except ValidationError as error:
        return _failed(call.call_id, INVALID_PARAMS, "Invalid params", {"fields": wrong_fields(error)})
    except Refusal as refusal:
        code = INVALID_PARAMS if isinstance(refusal, Invalid) else REFUSED
        return _failed(call.call_id, code, refusal.message, _refusal_data(refusal))
    except Exception as error:  # one call's mistake must not lose the answers of the others in its batch
        log.error("unexpected error", method=call.method, error=type(error).__name__, exc_info=error)
        return _failed(call.call_id, INTERNAL_ERROR, "Internal error")
    return {"jsonrpc": "2.0", "id": call.call_id, "result": result.model_dump(mode="json", by_alias=True)}


def _is_id(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= ID_LIMIT_CHARS and value.isascii()
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _refusal_data(refusal: Refusal) -> dict[str, object]:
    data: dict[str, object] = {"code": refusal.code, "status": refusal.status, "hint": refusal.hint}
    if refusal.field is not None:
        data["field"] = refusal.field
    return data | ({"details": refusal.details} if refusal.details else {})


def _failed(call_id: str | int | None, code: int, message: str, data: object = None) -> dict[str, Any]:
    error: dict[str, object] = {"code": code, "message": message}
    if data is not None:
        error["data"] = data
    return {"jsonrpc": "2.0", "id": call_id, "error": error}


def _respond(content: Any) -> Response:
    return Response(status_code=204) if content is None else JSONResponse(content)


def _body(methods: Mapping[str, Tool]) -> dict[str, Any]:
    """OpenAPI: what the body may be. Parameters of each method are those of its HTTP twin."""
    call = {
        "type": "object",
        "required": ["jsonrpc", "method"],
        "properties": {
            "jsonrpc": {"type": "string", "enum": ["2.0"]},
            "id": {"oneOf": [{"type": "string", "maxLength": ID_LIMIT_CHARS}, {"type": "integer"}]},
            "method": {"type": "string", "enum": sorted(methods)},
            "params": {"type": "object"},
        },
    }
    batch = {"type": "array", "minItems": 1, "maxItems": BATCH_LIMIT_CALLS, "items": call}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": {"oneOf": [call, batch]}}}}}
