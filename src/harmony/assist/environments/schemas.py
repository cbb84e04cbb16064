"""The wire shapes of environments; ``getPath`` as the platform adapter's specification prints it (live.md, §2)."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from harmony.assist.environments import model
from harmony.assist.environments.model import COMMAND_LIMIT_CHARS, PATH_LIMIT_CHARS, Style
from harmony.assist.environments.service.get_path import COMPONENTS_LIMIT_ITEMS, PathType
from harmony.assist.environments.service.translate import Kind
from harmony.assist.wire import Label, Wire, storable

MOUNTS_LIMIT_ITEMS = 20
COMPONENT_LIMIT_CHARS = 1_000

Component = Annotated[str, Field(max_length=COMPONENT_LIMIT_CHARS), AfterValidator(storable)]
PathText = Annotated[str, Field(min_length=1, max_length=PATH_LIMIT_CHARS), AfterValidator(storable)]
Text = Annotated[str, Field(min_length=1, max_length=COMMAND_LIMIT_CHARS), AfterValidator(storable)]


class GetPath(Wire):
    """``platform`` is the system whose spelling is wanted; without it, the one that answers."""

    components: list[Component] = Field(min_length=1, max_length=COMPONENTS_LIMIT_ITEMS)
    type: PathType = "relative"
    platform: Style | None = None


class PathView(Wire):
    path: str
    normalized: str
    platform: Style


class MountBody(Wire):
    """A folder of the source system and where the target system sees it."""

    source: PathText
    target: PathText


class TranslateBody(Wire):
    """``from`` and ``to`` name a system (windows, linux, macos, wsl, git-bash, cygwin, container) or a shell."""

    text: Text
    source: Label = Field(alias="from")
    target: Label = Field(alias="to")
    kind: Kind = "path"
    mounts: list[MountBody] = Field(default=[], max_length=MOUNTS_LIMIT_ITEMS)

    def connected(self) -> tuple[model.Mount, ...]:
        return tuple(model.Mount(mount.source, mount.target) for mount in self.mounts)


class TranslationView(Wire):
    """``notes`` say what behaves differently although the words are right."""

    text: str
    notes: list[str]


class QuirkView(Wire):
    id: str
    title: str
    subject: str
    systems: list[str]
    cause: str
    remedy: list[str]
    verification: str
    examples: list[str]

    @classmethod
    def of(cls, quirk: model.Quirk) -> QuirkView:
        return cls(
            id=quirk.id,
            title=quirk.title,
            subject=quirk.subject,
            systems=list(quirk.systems),
            cause=quirk.cause,
            remedy=list(quirk.remedy),
            verification=quirk.verification,
            examples=[example.text for example in quirk.examples],
        )


class QuirkList(Wire):
    items: list[QuirkView]
