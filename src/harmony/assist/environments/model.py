"""The nouns of environments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

System = Literal["windows", "linux", "macos", "bsd", ""]
Family = Literal["posix", "windows", ""]
Style = Literal["windows", "linux", "macos", "wsl", "git-bash", "cygwin", "container", "portable"]
Shell = Literal["cmd", "powershell", "sh"]
PathKind = Literal["relative", "home", "temp", "drive", "network", "root", "null"]

STYLES: tuple[Style, ...] = ("windows", "linux", "macos", "wsl", "git-bash", "cygwin", "container", "portable")
SHELL_OF: dict[str, Shell] = {
    "windows": "cmd",
    "cmd": "cmd",
    "powershell": "powershell",
    "pwsh": "powershell",
    "linux": "sh",
    "macos": "sh",
    "wsl": "sh",
    "git-bash": "sh",
    "cygwin": "sh",
    "container": "sh",
    "sh": "sh",
    "bash": "sh",
    "zsh": "sh",
}
"""The shell meant when somebody names a system or a shell."""
STYLE_OF: dict[str, Style] = {
    **{style: style for style in STYLES},
    "cmd": "windows",
    "powershell": "windows",
    "pwsh": "windows",
    "sh": "linux",
    "bash": "linux",
    "zsh": "linux",
    "ubuntu": "linux",
    "darwin": "macos",
    "docker": "container",
}
"""The spelling of paths meant when somebody names a system or a shell."""

TEXT_LIMIT_CHARS = 64 * 1024
COMMAND_LIMIT_CHARS = 8 * 1024
PATH_LIMIT_CHARS = 4_096
ANSWERS_LIMIT_ITEMS = 5
REASON_LIMIT_CHARS = 300


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a machine, each in the words it came in; all of it optional."""

    os: str = ""
    """As somebody or a tool names it: ``Windows 10``, ``Ubuntu 22.04``."""
    uname: str = ""
    """What ``uname -a`` printed, or what ``ver`` printed on Windows."""
    shell: str = ""
    image: str = ""
    """The CI image or the container image: ``windows-2022``, ``node:20-alpine``."""
    paths: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    """Names of environment variables that were set."""
    text: str = ""
    """A log or a part of it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What one property of a platform was read from."""

    property: str
    value: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform as far as facts tell; an empty string where they are silent."""

    system: System = ""
    distribution: str = ""
    version: str = ""
    architecture: str = ""
    shell: str = ""
    ci: str = ""
    container: str = ""
    wsl: bool = False
    evidence: tuple[Clue, ...] = ()

    @property
    def family(self) -> Family:
        if not self.system:
            return ""
        return "windows" if self.system == "windows" else "posix"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file system, apart from how a system spells it.

    ``anchor`` is the drive's letter in upper case, ``server/share`` of a network folder, or the user's name of a home
    folder (empty for one's own). ``folder`` remembers a separator at the end.
    """

    kind: PathKind
    parts: tuple[str, ...] = ()
    anchor: str = ""
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder of the source system and where the target system sees it."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Translation:
    """``notes`` say what behaves differently although the words are right."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something that can be seen. ``weight`` is how far, in percent, it speaks for the quirk by itself; it counts only
    where every tag of ``needs`` is present and none of ``unless``.
    """

    pattern: str
    weight: int
    reason: str
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """A failure that the quirk answers first; the catalogue's own test."""

    text: str
    os: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Quirk:
    """A known difference between systems."""

    id: str
    title: str
    subject: str
    systems: tuple[str, ...]
    """Where its failure shows."""
    symptoms: tuple[Symptom, ...]
    cause: str
    remedy: tuple[str, ...]
    verification: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a failure happened, where the same work ran before, and what else was observed about it."""

    platform: Platform = Platform()
    previous: Platform = Platform()
    features: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Reason:
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A quirk that may explain a failure; confidence in whole percent."""

    quirk: Quirk
    confidence_percent: int
    reasons: tuple[Reason, ...]
