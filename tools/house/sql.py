"""SQL: in stores only, with parameters only, each store on its own room's tables."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from house.source import Finding, House, Rule, Source

SQL_HOME = "src/harmony/adapters/db"

_SPEAKS_SQL = re.compile(
    r"\b(?:SELECT\s.+?\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|TRUNCATE\s+(?:TABLE\s+)?\w)",
    re.DOTALL,
)
_TABLE_PLACE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE|TRUNCATE)\s+(?:ONLY\s+)?\"?([a-z_][a-z0-9_]*)\"?")
_ROOM_HEADER = re.compile(r"^\s*--\s*room:\s*([a-z_]+/[a-z_]+)\s*$")
_CREATE = re.compile(
    r"\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?([a-z_][a-z0-9_]*)", re.IGNORECASE
)
_REFERENCES = re.compile(r"\bREFERENCES\s+\"?([a-z_][a-z0-9_]*)", re.IGNORECASE)

IN_STORES = Rule(
    "sql-in-store",
    "when all SQL of a room is in its store, a table can be changed by reading one file",
    "make it a named query in the room's store.py, taking and returning model nouns",
)
PARAMETERS = Rule(
    "sql-parameters",
    "a value pasted into SQL is an injection waiting for its input",
    "pass values as $1, $2, ...; paste nothing but constants in CAPITALS of the same store",
)
OWN_TABLES = Rule(
    "own-tables",
    "a table that two rooms write has two owners and therefore none",
    "call the owning room's service, or follow its events; the owner is the migration's `-- room:` header",
)
ONE_PLANE = Rule(
    "no-key-across-planes",
    "a foreign key across planes joins what must be able to live apart",
    "keep the id as plain text and let apps/links care for the other side",
)
OWNED = Rule(
    "table-owned",
    "a table without an owner is everybody's and nobody's",
    "write `-- room: plane/room` above the CREATE TABLE",
)
RULES = (IN_STORES, PARAMETERS, OWN_TABLES, ONE_PLANE, OWNED)


def check_house(house: House) -> Iterator[Finding]:
    migrations = [source for source in house.sources if source.under("src") and source.path.suffix == ".sql"]
    owners = table_owners(migrations)
    for migration in migrations:
        yield from _migration(migration, owners)
    for source in house.python("src"):
        if not source.under(SQL_HOME):
            yield from _file(source, owners)


def table_owners(migrations: list[Source]) -> dict[str, str]:
    """Table name to the room named by the nearest header above its CREATE TABLE."""
    owners: dict[str, str] = {}
    for migration in migrations:
        for _, room, line in _lines(migration):
            owners |= {table: room for table in _CREATE.findall(line) if room}
    return owners


def _lines(migration: Source) -> Iterator[tuple[int, str, str]]:
    """Line number, owning room so far, and the line without its comment."""
    room = ""
    for number, line in enumerate(migration.text.splitlines(), 1):
        header = _ROOM_HEADER.match(line)
        room = header[1] if header else room
        yield number, room, line.split("--")[0]


def _migration(migration: Source, owners: Mapping[str, str]) -> Iterator[Finding]:
    for number, room, line in _lines(migration):
        if not room and _CREATE.search(line):
            yield from migration.finding(OWNED, number, "CREATE TABLE under no `-- room:` header")
        for table in _REFERENCES.findall(line):
            owner = owners.get(table, room)
            if room and owner.split("/")[0] not in (room.split("/")[0], "commons", "adapters"):
                yield from migration.finding(ONE_PLANE, number, f"{room} points at {table} of {owner}")


def _file(source: Source, owners: Mapping[str, str]) -> Iterator[Finding]:
    is_store = source.room is not None and source.path.parts[4] in ("store.py", "store")
    parts = {id(value) for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(source.tree):
        text = _text(node)
        if text is None or id(node) in parts or id(node) in source.docstrings or not _SPEAKS_SQL.search(text):
            continue
        line = node.lineno if isinstance(node, ast.expr) else 1
        if not is_store:
            yield from source.finding(IN_STORES, line, "SQL outside a store")
            continue
        yield from _foreign_tables(source, line, text, owners)
        if isinstance(node, ast.JoinedStr) and not all(map(_constant, node.values)):
            yield from source.finding(PARAMETERS, line, "a value is pasted into SQL")
    if is_store:
        yield from _pasted(source)


def _foreign_tables(source: Source, line: int, text: str, owners: Mapping[str, str]) -> Iterator[Finding]:
    for table in sorted(set(_TABLE_PLACE.findall(text))):
        owner = owners.get(table, source.room)
        if owner != source.room:
            yield from source.finding(OWN_TABLES, line, f"the store of {source.room} names {table} of {owner}")


def _pasted(source: Source) -> Iterator[Finding]:
    """``"SELECT ..." + value``, ``"..." % value`` and ``"...".format(value)``."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            sides = (node.left, node.right)
            speaks = any(_SPEAKS_SQL.search(_text(side) or "") for side in sides)
            if speaks and not all(_text(side) is not None or _capitals(side) for side in sides):
                yield from source.finding(PARAMETERS, node.lineno, "a value is pasted into SQL")
        if isinstance(node, ast.Attribute) and node.attr == "format" and _SPEAKS_SQL.search(_text(node.value) or ""):
            yield from source.finding(PARAMETERS, node.lineno, "a value is pasted into SQL")


def _text(node: ast.AST) -> str | None:
    """The text of a string; what an f-string pastes reads as a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(value) or "pasted" for value in node.values)
    return None


def _constant(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or (isinstance(value, ast.FormattedValue) and _capitals(value.value))


def _capitals(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return bool(name) and name.lstrip("_").isupper()
