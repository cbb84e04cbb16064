"""Rooms: the same few file names everywhere, and a card at the door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.source import Finding, House, Rule, Source

ROOM_FILES = frozenset(
    "__init__.py errors.py model.py store.py service.py ports.py fakes.py schemas.py routes.py tools.py handlers.py "
    "jobs.py".split()
)
ROOM_FOLDERS = frozenset({"service"})
CARD_WORDS = ("owns", "promises", "begin")

FILE_NAME = Rule(
    "room-file",
    "read one room, read all: a reader knows what is in a file before opening it",
    "use one of the fixed file names, or name the file in backticks in the room's card with the reason for it",
)
CARD = Rule(
    "room-card",
    "the card is the first and often the only thing a newcomer reads of a room",
    "begin `__init__.py` with a docstring: what the room is for; Owns: ...; Promises: ...; Begin: ...",
)
NO_CODE = Rule(
    "card-without-code",
    "a package that does something when it is named makes import order matter",
    "keep the docstring alone and move the code to the file that its name belongs to",
)
RULES = (FILE_NAME, CARD, NO_CODE)


def check(source: Source) -> Iterator[Finding]:
    """The card of one package below ``src``."""
    if not (source.under("src") and source.path.name == "__init__.py"):
        return
    docstring = ast.get_docstring(source.tree)
    if docstring is None:
        yield from source.finding(CARD, 1, "a package without a docstring")
    elif source.room is not None and len(source.path.parts) == 5:
        lacking = [word for word in CARD_WORDS if not re.search(rf"\b{word}\b", docstring, re.IGNORECASE)]
        if lacking:
            yield from source.finding(CARD, 1, f"the card does not say: {', '.join(lacking)}")
    for statement in source.tree.body[0 if docstring is None else 1 :]:
        yield from source.finding(NO_CODE, statement.lineno, "code in __init__.py")


def check_house(house: House) -> Iterator[Finding]:
    """Every room has a card, and every file with a name of its own is explained there."""
    cards = {source.room: _card(source) for source in house.python("src") if _is_card(source)}
    without: set[str] = set()
    for source in house.sources:
        room = source.room
        if room is None:
            continue
        if room not in cards:
            if room not in without:
                yield from source.finding(CARD, 1, f"the room {room} has no __init__.py")
            without.add(room)
        elif not _expected(source, cards[room]):
            yield from source.finding(FILE_NAME, 1, f"{source.path.name} is not one of a room's file names")


def _is_card(source: Source) -> bool:
    return source.room is not None and len(source.path.parts) == 5 and source.path.name == "__init__.py"


def _card(source: Source) -> str:
    return ast.get_docstring(source.tree) or ""


def _expected(source: Source, card: str) -> bool:
    inside = source.path.parts[4:]
    if len(inside) == 1:
        return inside[0] in ROOM_FILES or _named(inside[0], card)
    return inside[0] in ROOM_FOLDERS or _named(inside[0], card) or _named(inside[-1], card)


def _named(name: str, card: str) -> bool:
    return re.search(rf"`{re.escape(name)}/?`", card) is not None
