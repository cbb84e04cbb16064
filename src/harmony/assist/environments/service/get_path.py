"""One path out of components, in the spelling of a platform."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal

from harmony.assist.environments import paths
from harmony.assist.environments.errors import PathUnreadable
from harmony.assist.environments.model import Location, Style

PathType = Literal["absolute", "relative"]
COMPONENTS_LIMIT_ITEMS = 64

_HERE: dict[str, Style] = {"win32": "windows", "cygwin": "cygwin", "darwin": "macos"}


def this_platform() -> Style:
    """The system that this process runs on."""
    return _HERE.get(sys.platform, "linux")


def get_path(components: Sequence[str], kind: PathType, platform: Style) -> tuple[str, str]:
    """The components as one path of the platform, and its portable form.

    The first component may say where the path begins: a portable beginning (``user_home``, ``user_temp``,
    ``system_root``, ``drive_c``), ``~``, ``/``, or a drive. Raises ``PathUnreadable`` and ``Untranslatable``.
    """
    first, *rest = components
    beginning = _beginning(first, platform)
    if (beginning.kind == "relative") != (kind == "relative"):
        raise PathUnreadable(f"the components do not make {_named(kind)} path", field="components")
    names = list(beginning.parts)
    for component in rest:
        location = paths.read(component, platform)
        if location.kind != "relative":
            raise PathUnreadable("only the first component can begin a path", field="components")
        names += location.parts
    ends = Location(beginning.kind, tuple(names), beginning.anchor)
    return paths.write(ends, platform), paths.write(paths.meaning(ends), "portable")


def _beginning(first: str, platform: Style) -> Location:
    if first == "":
        return Location("root")
    if len(first) == 2 and first[1] == ":" and platform == "windows":
        first += "\\"
    portable = paths.read(first, "portable") if not first.startswith("/") else None
    return portable if portable and portable.kind != "relative" else paths.read(first, platform)


def _named(kind: PathType) -> str:
    return "an absolute" if kind == "absolute" else "a relative"
