"""Pages: a bounded slice and an opaque cursor to the next."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from harmony.kernel.errors import Invalid

Item = TypeVar("Item")

PAGE_DEFAULT_ITEMS = 50
PAGE_LIMIT_ITEMS = 200


class CursorInvalid(Invalid):
    code = "paging.cursor_invalid"
    hint = "Use the cursor of the previous page unchanged, or leave it out to begin."


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """``items`` in order; ``next_cursor`` is None on the last page."""

    items: tuple[Item, ...]
    next_cursor: str | None


def encode_cursor(position: int | str) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> int | str:
    """The position inside ``cursor``; raises ``CursorInvalid``."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise CursorInvalid("the cursor cannot be read", field="cursor") from error
    if isinstance(position, bool) or not isinstance(position, int | str):
        raise CursorInvalid("the cursor cannot be read", field="cursor")
    # Positions are numbers and ids; a NUL or half a surrogate pair would only be refused by the database.
    if isinstance(position, str) and not position.isprintable():
        raise CursorInvalid("the cursor cannot be read", field="cursor")
    return position
