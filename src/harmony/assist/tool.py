"""A tool of this plane: one definition that JSON-RPC (``rpc.py``) and MCP (``mcp.py``) both serve."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from harmony.adapters.mcp.server import Effects
from harmony.commons.identity.edge import Edge
from harmony.commons.identity.errors import PermissionMissing
from harmony.commons.journal.service import append
from harmony.messages.identity import AccessRefused

FIELD_ERRORS_LIMIT = 20

_SPEAKING = frozenset({"value_error", "assertion_error", "union_tag_invalid"})
"""Kinds of error whose message is not pydantic's own fixed sentence and may quote what was sent."""
_UNKNOWN_FIELD = "extra_forbidden"


@dataclass(frozen=True, slots=True)
class Tool:
    """Who may call it, the shapes of its named parameters and its result, what it does and what that changes.

    ``say`` puts a result into a sentence or two for a reader who sees no structured content. ``alone`` is what it does
    in a process without a server: pure, None when it needs one.
    """

    name: str
    title: str
    description: str
    permission: str
    params: type[BaseModel]
    result: type[BaseModel]
    effects: Effects
    run: Callable[[Edge, Any], Awaitable[BaseModel]]
    say: Callable[[Any], str]
    alone: Callable[[Any], BaseModel] | None = None


async def authorise(edge: Edge, tool: Tool, protocol: str) -> None:
    """As the routes do: default deny, and the refusal of a known caller is journalled."""
    if edge.caller.may(tool.permission):
        return
    async with edge.begin() as uow:
        refused = AccessRefused(edge.caller.id, tool.permission, f"{protocol} {tool.name}")
        await append(uow, refused, subject=edge.caller.id)
    raise PermissionMissing(f"this needs the permission {tool.permission}", details={"permission": tool.permission})


def wrong_fields(error: ValidationError) -> list[dict[str, str]]:
    """Where and why, without the value: what was sent may be a secret, and so may the name of an unknown field."""
    found = error.errors(include_url=False, include_context=False, include_input=False)[:FIELD_ERRORS_LIMIT]
    return [_wrong_field(item["type"], [str(part) for part in item["loc"]], item["msg"]) for item in found]


def _wrong_field(kind: str, where: list[str], reason: str) -> dict[str, str]:
    if kind == _UNKNOWN_FIELD:
        return {"field": ".".join(where[:-1]), "reason": "has a field that is not known here"}
    return {"field": ".".join(where), "reason": "has an invalid value" if kind in _SPEAKING else reason}
