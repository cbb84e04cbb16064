"""A path or a command of one system for another."""

from __future__ import annotations

from typing import Literal

from harmony.assist.environments import paths
from harmony.assist.environments.errors import SystemUnknown
from harmony.assist.environments.model import SHELL_OF, STYLE_OF, Mount, Shell, Style, Translation
from harmony.assist.environments.shells import translation

Kind = Literal["path", "command"]


def translate(text: str, source: str, target: str, kind: Kind, mounts: tuple[Mount, ...] = ()) -> Translation:
    """A path or a command of one system, or shell, for another. Raises ``SystemUnknown`` and ``Untranslatable``."""
    source_style, target_style = style_of(source, "from"), style_of(target, "to")
    if kind == "path":
        return paths.translate(text, source_style, target_style, mounts)
    return translation.translate(
        text, shell_of(source, "from"), shell_of(target, "to"), source_style, target_style, mounts
    )


def style_of(name: str, field: str) -> Style:
    """How paths are written on the named system, or where the named shell runs."""
    found = STYLE_OF.get(name.strip().lower())
    if found is None:
        known = sorted(STYLE_OF)
        raise SystemUnknown("there is no such system or shell here", field=field, details={"known": known})
    return found


def shell_of(name: str, field: str) -> Shell:
    """The shell meant by the named system or shell."""
    found = SHELL_OF.get(name.strip().lower()) or SHELL_OF.get(style_of(name, field))
    if found is None:
        raise SystemUnknown("this names no shell", field=field, details={"known": sorted(SHELL_OF)})
    return found
