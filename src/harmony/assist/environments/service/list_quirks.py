"""The known differences that show on a system."""

from __future__ import annotations

from harmony.assist.environments.catalogue import matching
from harmony.assist.environments.model import Quirk
from harmony.assist.environments.service.translate import style_of


def list_quirks(system: str = "", words: str = "") -> tuple[Quirk, ...]:
    """The known differences that show on a system and speak of the words. Raises ``SystemUnknown``."""
    if system and system not in ("windows", "linux", "macos", "bsd"):
        style = style_of(system, "system")
        system = "linux" if style in ("wsl", "container", "portable") else style
    return matching("windows" if system in ("git-bash", "cygwin") else system, words)
