"""The graph's SQL that keeps: entities, relationships, documents, merges, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.graph.model import Counts, Document, Entity, Evidence, Merge, Relationship, SourceKind

MERGE_LOCK_KEY = 0x4752504D  # "GRPM": one merge at a time, so that no two pointers ever form a circle

_LOCK_MERGES = "SELECT pg_advisory_xact_lock($1)"
_LOCK_MERGES_OUT = "SELECT pg_advisory_xact_lock_shared($1)"
_ADD_ENTITY = """
INSERT INTO graph_entities (id, key, type, name, properties, evidence_tier, source_ids, confidence_score, root_id,
                            created_by, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $1, $9, $10, $10)
ON CONFLICT (key) DO NOTHING RETURNING id
"""
_ENTITY = "SELECT * FROM graph_entities WHERE id = $1"
_LOCK_ENTITY = "SELECT * FROM graph_entities WHERE id = $1 FOR UPDATE"
_LOCK_BY_KEY = "SELECT * FROM graph_entities WHERE key = $1 FOR UPDATE"
_ENTITIES = "SELECT * FROM graph_entities WHERE id = ANY ($1::text[]) ORDER BY id"
_UPDATE_ENTITY = """
UPDATE graph_entities SET type = $2, name = $3, properties = $4, evidence_tier = $5, source_ids = $6,
                          confidence_score = $7, updated_at = $8
WHERE id = $1
"""
_DELETE_ENTITY = "DELETE FROM graph_entities WHERE id = $1"
_HELD_BY = "SELECT id FROM graph_entities WHERE root_id = $1 AND id <> $1 ORDER BY id LIMIT 10"
_LIST = """
SELECT *, count(*) OVER () AS total FROM graph_entities
WHERE root_id = id AND ($1::text IS NULL OR lower(type) = lower($1))
ORDER BY id DESC LIMIT $2 OFFSET $3
"""
_ADD_RELATIONSHIP = """
INSERT INTO graph_relationships (id, from_id, to_id, type, properties, evidence_tier, source_ids, confidence_score,
                                 from_root_id, to_root_id, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
ON CONFLICT (from_id, to_id, type) DO NOTHING RETURNING id
"""
_RELATIONSHIP = "SELECT * FROM graph_relationships WHERE id = $1"
_LOCK_STATED = "SELECT * FROM graph_relationships WHERE from_id = $1 AND to_id = $2 AND type = $3 FOR UPDATE"
_UPDATE_RELATIONSHIP = """
UPDATE graph_relationships SET properties = $2, evidence_tier = $3, source_ids = $4, confidence_score = $5,
                               updated_at = $6
WHERE id = $1
"""
_DELETE_RELATIONSHIP = "DELETE FROM graph_relationships WHERE id = $1 RETURNING id"
_ADD_DOCUMENT = """
INSERT INTO graph_documents (id, key, title, kind, text, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (key) DO NOTHING RETURNING id
"""
_ADD_PASSAGES = """
INSERT INTO graph_passages (document_id, number, text)
SELECT $1, number, text FROM unnest($2::text[]) WITH ORDINALITY AS given (text, number)
"""
_DOCUMENT = "SELECT id, key, title, kind, text, created_at FROM graph_documents WHERE id = $1"
_DOCUMENT_BY_KEY = "SELECT id, key, title, kind, text, created_at FROM graph_documents WHERE key = $1"
_DOCUMENTS = """
SELECT id, key, title, kind, '' AS text, created_at FROM graph_documents
WHERE $1::text IS NULL OR id < $1 ORDER BY id DESC LIMIT $2
"""
_KINDS = "SELECT id, kind FROM graph_documents WHERE id = ANY ($1::text[])"
_MOVE_ENTITIES = "UPDATE graph_entities SET root_id = $2 WHERE root_id = $1 RETURNING id"
_MOVE_STARTS = "UPDATE graph_relationships SET from_root_id = $2 WHERE from_root_id = $1"
_MOVE_ENDS = "UPDATE graph_relationships SET to_root_id = $2 WHERE to_root_id = $1"
_ADD_MERGE = """
INSERT INTO graph_merges (id, kept_id, merged_id, moved, reason, merged_by, merged_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_LOCK_MERGE = "SELECT * FROM graph_merges WHERE id = $1 FOR UPDATE"
_MERGES = "SELECT * FROM graph_merges WHERE $1::text IS NULL OR id < $1 ORDER BY id DESC LIMIT $2"
_COVERING = "SELECT id FROM graph_merges WHERE merged_id = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1"
_BACK_ENTITIES = "UPDATE graph_entities SET root_id = $2 WHERE id = ANY ($1::text[])"
_BACK_STARTS = "UPDATE graph_relationships SET from_root_id = $2 WHERE from_id = ANY ($1::text[])"
_BACK_ENDS = "UPDATE graph_relationships SET to_root_id = $2 WHERE to_id = ANY ($1::text[])"
_UNDO_MERGE = "UPDATE graph_merges SET undone_by = $2, undone_at = $3 WHERE id = $1"
_COUNTS = """
SELECT (SELECT count(*) FROM graph_entities WHERE root_id = id) AS entities,
       (SELECT count(*) FROM graph_relationships WHERE from_root_id <> to_root_id) AS relationships,
       (SELECT count(*) FROM graph_documents) AS documents
"""
_ADD_QUESTION = "INSERT INTO graph_questions (id, question, answer, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5)"
_QUESTION = "SELECT answer FROM graph_questions WHERE id = $1 AND asked_by = $2"
_QUESTIONS = """
SELECT id, answer FROM graph_questions WHERE asked_by = $1 AND ($2::text IS NULL OR id < $2)
ORDER BY id DESC LIMIT $3
"""
_PRUNE_QUESTIONS = "DELETE FROM graph_questions WHERE asked_at < $1"


async def lock_merges(uow: UnitOfWork) -> None:
    await uow.connection.execute(_LOCK_MERGES, MERGE_LOCK_KEY)


async def lock_merges_out(uow: UnitOfWork) -> None:
    """No merge meanwhile; others who only need that go on."""
    await uow.connection.execute(_LOCK_MERGES_OUT, MERGE_LOCK_KEY)


async def add_entity(uow: UnitOfWork, entity: Entity) -> bool:
    """False when its key is taken."""
    evidence = entity.evidence
    added = await uow.connection.fetchval(
        _ADD_ENTITY,
        entity.id,
        entity.key,
        entity.type,
        entity.name,
        dict(entity.properties),
        evidence.tier,
        list(evidence.source_ids),
        evidence.confidence,
        uow.actor,
        uow.now,
    )
    return added is not None


async def entity(connection: Connection, entity_id: str) -> Entity | None:
    return _maybe(await connection.fetchrow(_ENTITY, entity_id))


async def lock_entity(uow: UnitOfWork, entity_id: str) -> Entity | None:
    return _maybe(await uow.connection.fetchrow(_LOCK_ENTITY, entity_id))


async def lock_by_key(uow: UnitOfWork, key: str) -> Entity | None:
    return _maybe(await uow.connection.fetchrow(_LOCK_BY_KEY, key))


async def entities(connection: Connection, ids: Sequence[str]) -> dict[str, Entity]:
    return {row["id"]: entity_of(row) for row in await connection.fetch(_ENTITIES, list(ids))}


async def update_entity(uow: UnitOfWork, entity: Entity) -> None:
    evidence = entity.evidence
    await uow.connection.execute(
        _UPDATE_ENTITY,
        entity.id,
        entity.type,
        entity.name,
        dict(entity.properties),
        evidence.tier,
        list(evidence.source_ids),
        evidence.confidence,
        uow.now,
    )


async def delete_entity(uow: UnitOfWork, entity_id: str) -> None:
    await uow.connection.execute(_DELETE_ENTITY, entity_id)


async def held_by(connection: Connection, entity_id: str) -> list[str]:
    """Who is read as this entity beside itself, some of them."""
    return [row["id"] for row in await connection.fetch(_HELD_BY, entity_id)]


async def list_entities(connection: Connection, kind: str | None, limit: int, offset: int) -> tuple[list[Entity], int]:
    """Newest first, and how many there are; the number is 0 beyond the last page."""
    rows = await connection.fetch(_LIST, kind, limit, offset)
    return [entity_of(row) for row in rows], int(rows[0]["total"]) if rows else 0


async def add_relationship(uow: UnitOfWork, one: Relationship) -> bool:
    """False when the same two have one of this type."""
    added = await uow.connection.fetchval(
        _ADD_RELATIONSHIP,
        one.id,
        one.from_id,
        one.to_id,
        one.type,
        dict(one.properties),
        one.evidence.tier,
        list(one.evidence.source_ids),
        one.evidence.confidence,
        one.from_root_id,
        one.to_root_id,
        uow.now,
    )
    return added is not None


async def relationship(connection: Connection, relationship_id: str) -> Relationship | None:
    row = await connection.fetchrow(_RELATIONSHIP, relationship_id)
    return None if row is None else relationship_of(row)


async def lock_stated(uow: UnitOfWork, from_id: str, to_id: str, kind: str) -> Relationship | None:
    row = await uow.connection.fetchrow(_LOCK_STATED, from_id, to_id, kind)
    return None if row is None else relationship_of(row)


async def update_relationship(uow: UnitOfWork, one: Relationship) -> None:
    await uow.connection.execute(
        _UPDATE_RELATIONSHIP,
        one.id,
        dict(one.properties),
        one.evidence.tier,
        list(one.evidence.source_ids),
        one.evidence.confidence,
        uow.now,
    )


async def delete_relationship(uow: UnitOfWork, relationship_id: str) -> bool:
    return await uow.connection.fetchval(_DELETE_RELATIONSHIP, relationship_id) is not None


async def add_document(uow: UnitOfWork, one: Document, parts: Sequence[str]) -> bool:
    """False when its key is taken."""
    added = await uow.connection.fetchval(
        _ADD_DOCUMENT, one.id, one.key, one.title, one.kind, one.text, uow.actor, one.created_at
    )
    if added is not None:
        await uow.connection.execute(_ADD_PASSAGES, one.id, list(parts))
    return added is not None


async def document(connection: Connection, document_id: str) -> Document | None:
    row = await connection.fetchrow(_DOCUMENT, document_id)
    return None if row is None else Document(**row)


async def document_by_key(connection: Connection, key: str) -> Document | None:
    row = await connection.fetchrow(_DOCUMENT_BY_KEY, key)
    return None if row is None else Document(**row)


async def documents(connection: Connection, before: str | None, limit: int) -> list[Document]:
    """Newest first, without their text."""
    return [Document(**row) for row in await connection.fetch(_DOCUMENTS, before, limit)]


async def kinds(connection: Connection, document_ids: Sequence[str]) -> dict[str, SourceKind]:
    return {row["id"]: row["kind"] for row in await connection.fetch(_KINDS, list(document_ids))}


async def move(uow: UnitOfWork, merged_id: str, kept_id: str) -> list[str]:
    """Read everything that was read as ``merged_id`` as ``kept_id``; which entities these are."""
    rows = await uow.connection.fetch(_MOVE_ENTITIES, merged_id, kept_id)
    await uow.connection.execute(_MOVE_STARTS, merged_id, kept_id)
    await uow.connection.execute(_MOVE_ENDS, merged_id, kept_id)
    return sorted(row["id"] for row in rows)


async def move_back(uow: UnitOfWork, moved: Sequence[str], merged_id: str) -> None:
    for query in (_BACK_ENTITIES, _BACK_STARTS, _BACK_ENDS):
        await uow.connection.execute(query, list(moved), merged_id)


async def add_merge(uow: UnitOfWork, one: Merge) -> None:
    await uow.connection.execute(
        _ADD_MERGE, one.id, one.kept_id, one.merged_id, list(one.moved), one.reason, one.merged_by, one.merged_at
    )


async def lock_merge(uow: UnitOfWork, merge_id: str) -> Merge | None:
    row = await uow.connection.fetchrow(_LOCK_MERGE, merge_id)
    return None if row is None else _merge(row)


async def merges(connection: Connection, before: str | None, limit: int) -> list[Merge]:
    return [_merge(row) for row in await connection.fetch(_MERGES, before, limit)]


async def covering(connection: Connection, entity_id: str) -> str | None:
    """The merge in force that merged this entity away."""
    found: str | None = await connection.fetchval(_COVERING, entity_id)
    return found


async def undo_merge(uow: UnitOfWork, merge_id: str) -> None:
    await uow.connection.execute(_UNDO_MERGE, merge_id, uow.actor, uow.now)


async def counts(connection: Connection) -> Counts:
    row = await connection.fetchrow(_COUNTS)
    assert row is not None
    return Counts(**row)


async def add_question(uow: UnitOfWork, question_id: str, question: str, answer: Mapping[str, Any]) -> None:
    await uow.connection.execute(_ADD_QUESTION, question_id, question, dict(answer), uow.actor, uow.now)


async def question(connection: Connection, question_id: str, asked_by: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = await connection.fetchval(_QUESTION, question_id, asked_by)
    return found


async def questions(
    connection: Connection, asked_by: str, before: str | None, limit: int
) -> list[tuple[str, Mapping[str, Any]]]:
    return [(row["id"], row["answer"]) for row in await connection.fetch(_QUESTIONS, asked_by, before, limit)]


async def prune_questions(uow: UnitOfWork, before: datetime) -> None:
    await uow.connection.execute(_PRUNE_QUESTIONS, before)


def entity_of(row: Any) -> Entity:
    return Entity(
        id=row["id"],
        key=row["key"],
        type=row["type"],
        name=row["name"],
        properties=row["properties"],
        evidence=_evidence(row),
        root_id=row["root_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def relationship_of(row: Any) -> Relationship:
    return Relationship(
        id=row["id"],
        from_id=row["from_id"],
        to_id=row["to_id"],
        type=row["type"],
        properties=row["properties"],
        evidence=_evidence(row),
        from_root_id=row["from_root_id"],
        to_root_id=row["to_root_id"],
        created_at=row["created_at"],
    )


def _maybe(row: Any) -> Entity | None:
    return None if row is None else entity_of(row)


def _evidence(row: Any) -> Evidence:
    return Evidence(row["evidence_tier"], tuple(row["source_ids"]), row["confidence_score"])


def _merge(row: Any) -> Merge:
    return Merge(**{**row, "moved": tuple(row["moved"])})
