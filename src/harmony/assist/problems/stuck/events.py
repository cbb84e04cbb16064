"""Foreign JSON to an event, under bounds: what is missing is empty, what is unknown is other, nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from harmony.assist.problems.stuck.errors import MalformedEvent
from harmony.assist.problems.stuck.likeness import opaque, shortened
from harmony.assist.problems.stuck.model import Event, Privacy, Role
from harmony.assist.problems.stuck.phrases import TERMINALS

NAME_CHARACTERS = 120

Hide = Callable[[str], str]

_ROLES = {
    "user": Role.USER,
    "human": Role.USER,
    "developer": Role.USER,
    "agent": Role.AGENT,
    "assistant": Role.AGENT,
    "ai": Role.AGENT,
    "tool": Role.TOOL,
    "function": Role.TOOL,
    "observation": Role.TOOL,
    "environment": Role.TOOL,
}


def read_event(data: object) -> Event:
    """An event out of decoded JSON; ``MalformedEvent`` when it is no object.

    ``content`` may stand for ``text``; text and arguments that are not strings are written as JSON. An event without a
    role is the agent's when it names a tool and arguments, otherwise it is ``other`` and counts as nothing but a place.
    """
    if not isinstance(data, Mapping):
        raise MalformedEvent("an event is not a JSON object", field="events")
    tool, name = _name(data.get("tool")), _name(data.get("name"))
    error = data.get("error")
    return Event(
        role=_role(data, tool, name),
        text=_text(data.get("text", data.get("content"))),
        tool=tool,
        args=_text(data.get("args")),
        name=name,
        error=bool(error) if error is not None else None,
    )


def permitted(event: Event, privacy: Privacy, hide: Hide = opaque) -> Event:
    """``event`` with only what ``privacy`` lets be looked at; ``hide`` gives equal texts one silent word."""
    if privacy is not Privacy.HIGH:
        return event
    text, args, name = hide(event.text), hide(event.args), hide(event.name)
    return Event(event.role, text, event.tool, args, name, event.error)


def _role(data: Mapping[object, object], tool: str, name: str) -> Role:
    given = data.get("role")
    role = _ROLES.get(given.lower(), Role.OTHER) if isinstance(given, str) else Role.OTHER
    if given is None and tool and "args" in data:
        return Role.AGENT
    if role is Role.USER and name and TERMINALS.search(name):
        return Role.TOOL
    return role


def _name(value: object) -> str:
    return value[:NAME_CHARACTERS] if isinstance(value, str) else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return shortened(value)
    try:
        return shortened(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))
    except (TypeError, ValueError, RecursionError):
        raise MalformedEvent("an event's text or arguments are nested too deeply", field="events") from None
