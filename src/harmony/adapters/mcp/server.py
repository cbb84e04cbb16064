"""An MCP server out of a table of tools: the SDK speaks the protocol, whoever calls this says what a tool does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)


@dataclass(frozen=True, slots=True)
class Effects:
    """What calling a tool does to the world. Hints, and true ones."""

    reads_only: bool
    destroys: bool
    repeatable: bool
    """Whether calling again with the same arguments changes nothing more."""
    open_world: bool
    """Whether it deals with strangers, as a search of the web does."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A tool as a client is told of it; both schemas are JSON Schema with an object at the root."""

    name: str
    title: str
    description: str
    input_schema: dict[str, Any]
    output_schema: dict[str, Any]
    effects: Effects


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to: a short text, and unless it failed the content that its output schema describes."""

    text: str
    content: dict[str, Any] | None = None
    failed: bool = False


Served: TypeAlias = Server[Any]

Call = Callable[[str, Mapping[str, Any], Mapping[str, Any]], Awaitable[Answer]]
"""``(name, arguments, state)``: ``state`` is that of the HTTP request, empty over other transports."""


def server(name: str, version: str, instructions: str, offers: Iterable[Offer], call: Call) -> Served:
    """A server of ``offers``; ``call`` is asked for offered names only and does not raise."""
    listed = [_tool(offer) for offer in offers]
    names = [tool.name for tool in listed]

    async def list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=listed)

    async def call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        if params.name not in names:
            raise MCPError(code=INVALID_PARAMS, message="There is no such tool", data={"tools": names})
        state = {} if context.request is None else context.request.scope.get("state", {})
        answer = await call(params.name, params.arguments or {}, state)
        return CallToolResult(
            content=[TextContent(text=answer.text)], structured_content=answer.content, is_error=answer.failed
        )

    return Server(
        name,
        version=version,
        instructions=instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        # No parameter of ours travels in a header, so there is nothing to look up before a call.
        get_tool_input_schema=lambda _: None,
    )


def _tool(offer: Offer) -> Tool:
    effects = offer.effects
    return Tool(
        name=offer.name,
        title=offer.title,
        description=offer.description,
        input_schema=offer.input_schema,
        output_schema=offer.output_schema,
        annotations=ToolAnnotations(
            title=offer.title,
            read_only_hint=effects.reads_only,
            destructive_hint=effects.destroys,
            idempotent_hint=effects.repeatable,
            open_world_hint=effects.open_world,
        ),
    )
