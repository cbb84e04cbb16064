"""The wire of this plane: camelCase as the specification prints it, every text bounded and storable."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from harmony.commons.identity.edge import Edge
from harmony.commons.identity.service import find_principal
from harmony.kernel.errors import Forbidden
from harmony.kernel.paging import PAGE_DEFAULT_ITEMS, PAGE_LIMIT_ITEMS, CursorInvalid, decode_cursor

LABEL_LIMIT_CHARS = 100
LINE_LIMIT_CHARS = 500
PROSE_LIMIT_CHARS = 8_000
LABELS_LIMIT_ITEMS = 30
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class NotYourself(Forbidden):
    code = "assist.not_yourself"
    hint = "Send your own principal id as userId, or leave it out; only an administrator acts for others."


def storable(value: str) -> str:
    """PostgreSQL text holds no NUL, and UTF-8 no lone surrogate."""
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("holds a character that cannot be stored")
    return value


Label = Annotated[str, Field(min_length=1, max_length=LABEL_LIMIT_CHARS), AfterValidator(storable)]
Line = Annotated[str, Field(max_length=LINE_LIMIT_CHARS), AfterValidator(storable)]
Prose = Annotated[str, Field(max_length=PROSE_LIMIT_CHARS), AfterValidator(storable)]
Instant = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
"""An instant with its zone, near enough to now that calendars can be counted from it."""
Labels = Annotated[tuple[Label, ...], Field(max_length=LABELS_LIMIT_ITEMS)]

Limit = Annotated[int, Query(ge=1, le=PAGE_LIMIT_ITEMS)]
Cursor = Annotated[str | None, Query(max_length=200)]
DEFAULT_LIMIT = PAGE_DEFAULT_ITEMS


class Wire(BaseModel):
    """The root of every wire shape: camelCase outside, unknown fields refused."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


def position(cursor: str | None) -> str | None:
    """The id that a cursor stands behind; None begins with the newest."""
    if cursor is None:
        return None
    found = decode_cursor(cursor)
    try:
        return storable(str(found))
    except ValueError as error:
        raise CursorInvalid("the cursor cannot be read", field="cursor") from error


def is_admin(edge: Edge) -> bool:
    return "admin" in edge.caller.roles


async def on_behalf(edge: Edge, user_id: str | None) -> str:
    """The principal a call speaks for: the caller, or for an administrator whoever ``userId`` names."""
    if user_id is None or user_id == edge.caller.id:
        return edge.caller.id
    if not is_admin(edge):
        raise NotYourself("userId is not the caller", field="userId")
    async with edge.reading() as connection:
        return (await find_principal(connection, user_id)).id
