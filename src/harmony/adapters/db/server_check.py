"""What Harmony demands of a server, its own or somebody else's, before it trusts it with anything."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg

from harmony.adapters.db.errors import ServerNotDurable, ServerTooOld, VectorMissing

OLDEST_SERVER_MAJOR = 16
DURABILITY_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")

_READ_FACTS = """
    SELECT current_setting('server_version_num')::int AS version_number,
           EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS has_vector,
           ARRAY(SELECT name FROM unnest($1::text[]) AS name WHERE current_setting(name) = 'off') AS switched_off
"""
"""One row of facts; the settings are those of this session, so a role's or a database's own count too."""


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """``version_number`` as PostgreSQL counts: 180004 is 18.4."""

    version_number: int
    has_vector: bool
    switched_off: tuple[str, ...]


async def check_server(connection: asyncpg.Connection, *, durable_required: bool = True) -> None:
    """Refuse a server that is too old, lacks pgvector or (unless told otherwise, in tests) may lose commits."""
    row = await connection.fetchrow(_READ_FACTS, list(DURABILITY_SETTINGS))
    if row is None:
        raise AssertionError("a SELECT without FROM always gives one row")
    judge(
        ServerFacts(row["version_number"], row["has_vector"], tuple(row["switched_off"])),
        durable_required=durable_required,
    )


def judge(facts: ServerFacts, *, durable_required: bool) -> None:
    """Raise ``ServerTooOld``, ``VectorMissing`` or ``ServerNotDurable``, in this order; else return."""
    major = facts.version_number // 10_000
    if major < OLDEST_SERVER_MAJOR:
        raise ServerTooOld(f"the server is PostgreSQL {major}; Harmony needs {OLDEST_SERVER_MAJOR} or newer")
    if not facts.has_vector:
        raise VectorMissing("the server has no extension pgvector to offer")
    if durable_required and facts.switched_off:
        raise ServerNotDurable(f"switched off on the server: {', '.join(facts.switched_off)}")
