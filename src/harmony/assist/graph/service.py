"""The verbs of the graph."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.graph import answering
from harmony.assist.graph.answering import NAMED_LIMIT, Answer, Asked, Found
from harmony.assist.graph.errors import (
    DocumentUnknown,
    EntityUnknown,
    EvidenceThin,
    KeyTaken,
    MergeCovered,
    MergedAway,
    MergeUndone,
    MergeUnknown,
    PropertiesTooLarge,
    QuestionUnknown,
    RelatedToItself,
    RelationshipUnknown,
    SourceUnknown,
    StillHolds,
    WalkTooLong,
)
from harmony.assist.graph.model import (
    GRAPH_LIMIT_EDGES,
    PATH_DEFAULT_DEPTH,
    PATHS_LIMIT,
    PROPERTIES_LIMIT_BYTES,
    QUESTION_KEPT_DAYS,
    RELATED_LIMIT_ITEMS,
    Counts,
    Document,
    Entity,
    Evidence,
    Hit,
    Merge,
    Path,
    Property,
    Related,
    Relationship,
    SourceKind,
    lacking,
    passages,
)
from harmony.assist.graph.store import kept, looking
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import (
    DocumentStored,
    EntitiesMerged,
    EntityCreated,
    EntityDeleted,
    EntityUpdated,
    MergeReversed,
    RelationshipDeleted,
    RelationshipStated,
)


async def create_entity(
    uow: UnitOfWork,
    kind: str,
    name: str,
    properties: Mapping[str, Property],
    evidence: Evidence,
    key: str | None = None,
) -> Entity:
    """A new entity. Raises ``KeyTaken``, ``SourceUnknown``, ``EvidenceThin``, ``PropertiesTooLarge``."""
    await _check(uow.connection, properties, evidence)
    entity_id = uow.ids.new("entity")
    entity = Entity(entity_id, key, kind, name, dict(properties), evidence, entity_id, uow.now, uow.now)
    if not await kept.add_entity(uow, entity):
        raise KeyTaken("another entity has this key", field="key")
    await append(uow, EntityCreated(entity.id, kind), subject=entity.id)
    return entity


async def put_entity(
    uow: UnitOfWork, key: str, kind: str, name: str, properties: Mapping[str, Property], evidence: Evidence
) -> Entity:
    """The entity with this key, made if there is none; sent twice it is the same and changes nothing."""
    found = await kept.lock_by_key(uow, key)
    if found is None:
        try:
            return await create_entity(uow, kind, name, properties, evidence, key)
        except KeyTaken:  # by a twin of this request, just now
            found = await kept.lock_by_key(uow, key)
            if found is None:
                raise
    return await _changed(uow, found, kind, name, properties, evidence)


async def update_entity(
    uow: UnitOfWork,
    entity_id: str,
    kind: str | None,
    name: str | None,
    properties: Mapping[str, Property],
    evidence: Evidence | None,
) -> Entity:
    """Change what is given; properties are merged, one that is None goes. Raises ``MergedAway``."""
    found = await _locked(uow, entity_id)
    gone = {name for name, value in properties.items() if value is None}
    merged = {name: value for name, value in {**found.properties, **properties}.items() if name not in gone}
    return await _changed(uow, found, kind or found.type, name or found.name, merged, evidence or found.evidence)


async def delete_entity(uow: UnitOfWork, entity_id: str) -> None:
    """The entity and its relationships. Raises ``MergedAway``, ``StillHolds``."""
    await kept.lock_merges(uow)
    found = await _locked(uow, entity_id)
    held = await kept.held_by(uow.connection, found.id)
    if held:
        raise StillHolds("others are read as this entity", details={"held": held})
    await kept.delete_entity(uow, found.id)
    await append(uow, EntityDeleted(found.id, found.type), subject=found.id)


async def find_entity(connection: Connection, entity_id: str, field: str = "entity_id") -> Entity:
    """The entity as it is kept, be it merged away or not; raises ``EntityUnknown``."""
    found = await kept.entity(connection, entity_id) if looks_like_id(entity_id, "entity") else None
    if found is None:
        raise EntityUnknown("there is no such entity", field=field)
    return found


async def state_relationship(
    uow: UnitOfWork, from_id: str, to_id: str, kind: str, properties: Mapping[str, Property], evidence: Evidence
) -> Relationship:
    """What one has to do with another; stated again it is the same one, its properties merged."""
    await kept.lock_merges_out(uow)
    start = await find_entity(uow.connection, from_id, "from_id")
    end = await find_entity(uow.connection, to_id, "to_id")
    if start.root_id == end.root_id:
        raise RelatedToItself("an entity is not related to itself", field="to_id")
    await _check(uow.connection, properties, evidence)
    roots = (start.root_id, end.root_id)
    fresh = uow.ids.new("relationship")
    stated = Relationship(fresh, start.id, end.id, kind, dict(properties), evidence, *roots, uow.now)
    if not await kept.add_relationship(uow, stated):
        earlier = await kept.lock_stated(uow, start.id, end.id, kind)
        if earlier is None:
            raise RelationshipUnknown("the relationship was deleted meanwhile; state it again")
        given = evidence if evidence != Evidence() else earlier.evidence
        stated = replace(earlier, properties={**earlier.properties, **properties}, evidence=given)
        if stated == earlier:
            return earlier
        await _check(uow.connection, stated.properties, given)
        await kept.update_relationship(uow, stated)
    await append(uow, RelationshipStated(stated.id, stated.from_id, stated.to_id, kind), subject=stated.id)
    return stated


async def delete_relationship(uow: UnitOfWork, relationship_id: str) -> None:
    known = looks_like_id(relationship_id, "relationship")
    if not known or not await kept.delete_relationship(uow, relationship_id):
        raise RelationshipUnknown("there is no such relationship", field="relationship_id")
    await append(uow, RelationshipDeleted(relationship_id), subject=relationship_id)


async def store_document(uow: UnitOfWork, title: str, kind: SourceKind, text: str, key: str | None) -> Document:
    """A source, redacted, cut into passages; the same key gives the document that was stored with it."""
    clean = redact(text).text
    document = Document(uow.ids.new("document"), key, redact(title).text, kind, clean, uow.now)
    if not await kept.add_document(uow, document, passages(clean)):
        assert key is not None
        earlier = await kept.document_by_key(uow.connection, key)
        assert earlier is not None, "documents are never deleted"
        return earlier
    await append(uow, DocumentStored(document.id, kind), subject=document.id)
    return document


async def find_document(connection: Connection, document_id: str) -> Document:
    found = await kept.document(connection, document_id) if looks_like_id(document_id, "document") else None
    if found is None:
        raise DocumentUnknown("there is no such document", field="document_id")
    return found


async def merge(uow: UnitOfWork, kept_id: str, merged_id: str, reason: str) -> Merge:
    """Read ``merged_id``, and all that was merged into it, as ``kept_id``. Raises ``MergedAway``."""
    await kept.lock_merges(uow)
    keeper = await _locked(uow, kept_id)
    other = await _locked(uow, merged_id, field="merged_id")
    if keeper.id == other.id:
        raise RelatedToItself("an entity is not merged into itself", field="merged_id")
    moved = await kept.move(uow, other.id, keeper.id)
    done = Merge(uow.ids.new("merge"), keeper.id, other.id, tuple(moved), reason, uow.actor, uow.now)
    await kept.add_merge(uow, done)
    await append(uow, EntitiesMerged(done.id, keeper.id, other.id, len(moved)), subject=keeper.id)
    return done


async def undo_merge(uow: UnitOfWork, merge_id: str) -> Merge:
    """Read them as two again. Raises ``MergeUnknown``, ``MergeUndone``, ``MergeCovered``."""
    await kept.lock_merges(uow)
    found = await kept.lock_merge(uow, merge_id) if looks_like_id(merge_id, "merge") else None
    if found is None:
        raise MergeUnknown("there is no such merge", field="merge_id")
    if found.undone_at is not None:
        raise MergeUndone("this merge was undone before", details={"undone_by": found.undone_by})
    later = await kept.covering(uow.connection, found.kept_id)
    if later is not None:
        raise MergeCovered("its entity was merged away later", details={"merge_id": later})
    await kept.move_back(uow, found.moved, found.merged_id)
    await kept.undo_merge(uow, found.id)
    await append(uow, MergeReversed(found.id, found.kept_id, found.merged_id), subject=found.kept_id)
    return replace(found, undone_by=uow.actor, undone_at=uow.now)


async def related(connection: Connection, entity_id: str, depth: int) -> list[Related]:
    """Who is within ``depth`` steps, the nearest first, at most ``RELATED_LIMIT_ITEMS``. Raises ``WalkTooLong``."""
    root = (await find_entity(connection, entity_id)).root_id
    return await looking.related(connection, root, depth, RELATED_LIMIT_ITEMS)


async def find_paths(connection: Connection, from_id: str, to_id: str, depth: int) -> list[Path]:
    """Ways of at most ``depth`` steps, the shortest first, at most ``PATHS_LIMIT``. Raises ``WalkTooLong``."""
    start = (await find_entity(connection, from_id, "from_id")).root_id
    end = (await find_entity(connection, to_id, "to_id")).root_id
    return [] if start == end else await looking.paths(connection, start, end, depth, PATHS_LIMIT)


async def answer(connection: Connection, question: str) -> Answer:
    """What is stored about it, cited; the same graph gives the same answer, and nothing stored gives none."""
    named = await looking.named(connection, question, NAMED_LIMIT)
    asked = Asked(await looking.words(connection, question), named)
    if not asked.words:
        return answering.ABSTAINED
    paths: Sequence[Path] = ()
    if len(named) > 1 and asked.rest <= answering.LINKING:
        first, second = named[0].entity.id, named[1].entity.id
        try:
            paths = await looking.paths(connection, first, second, PATH_DEFAULT_DEPTH, 1)
        except WalkTooLong:  # a way that cannot be found in time supports nothing; the other evidence may
            paths = ()
    found = Found(
        claims=await looking.claims(connection, [one.entity.id for one in named]) if named else (),
        passages=await looking.passages(connection, question),
        paths=tuple(paths),
    )
    return answering.answer(asked, found)


async def keep_answer(uow: UnitOfWork, question_id: str, question: str, answered: Mapping[str, Any]) -> None:
    """Keep for its asker what was answered; redacted, like every text of people."""
    await kept.add_question(uow, question_id, redact(question).text, answered)


async def find_answer(connection: Connection, question_id: str, asked_by: str) -> Mapping[str, Any]:
    """What was answered to this asker then; nobody else's questions are known."""
    known = looks_like_id(question_id, "question")
    found = await kept.question(connection, question_id, asked_by) if known else None
    if found is None:
        raise QuestionUnknown("there is no such question of yours", field="question_id")
    return found


async def forget_questions(uow: UnitOfWork) -> None:
    """Forget what was asked longer than ``QUESTION_KEPT_DAYS`` ago."""
    await kept.prune_questions(uow, uow.now - timedelta(days=QUESTION_KEPT_DAYS))


async def list_entities(connection: Connection, kind: str | None, limit: int, page: int) -> tuple[list[Entity], int]:
    """Those that nobody merged away, newest first, and how many there are; pages count from 1."""
    return await kept.list_entities(connection, kind, limit, (page - 1) * limit)


async def search(connection: Connection, query: str, limit: int) -> tuple[list[Hit], int]:
    """Entities that hold words of ``query``, the best first, and how many there are."""
    return await looking.search(connection, query, limit)


async def list_filtered(
    connection: Connection, kind: str | None, role: str | None, tier: str | None, limit: int
) -> tuple[list[Entity], int]:
    return await looking.filtered(connection, kind, role, tier, limit)


async def picture(connection: Connection, nodes: int) -> tuple[list[Entity], list[Relationship]]:
    """The newest entities and what is between them, at most ``GRAPH_LIMIT_EDGES``."""
    return await looking.picture(connection, nodes, GRAPH_LIMIT_EDGES)


async def count(connection: Connection) -> Counts:
    return await kept.counts(connection)


async def list_documents(connection: Connection, before: str | None, limit: int) -> Page[Document]:
    """Newest first, without their text."""
    found = await kept.documents(connection, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def list_merges(connection: Connection, before: str | None, limit: int) -> Page[Merge]:
    found = await kept.merges(connection, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def list_answers(
    connection: Connection, asked_by: str, before: str | None, limit: int
) -> Page[Mapping[str, Any]]:
    """What this asker was answered, newest first."""
    found = await kept.questions(connection, asked_by, before, limit + 1)
    after = encode_cursor(found[limit - 1][0]) if len(found) > limit else None
    return Page(tuple(answered for _, answered in found[:limit]), after)


async def _locked(uow: UnitOfWork, entity_id: str, field: str = "entity_id") -> Entity:
    """The entity, to be changed; raises ``EntityUnknown`` and ``MergedAway``."""
    found = await kept.lock_entity(uow, entity_id) if looks_like_id(entity_id, "entity") else None
    if found is None:
        raise EntityUnknown("there is no such entity", field=field)
    if found.root_id != found.id:
        raise MergedAway("this entity was merged into another", field=field, details={"merged_into": found.root_id})
    return found


async def _changed(
    uow: UnitOfWork, found: Entity, kind: str, name: str, properties: Mapping[str, Property], evidence: Evidence
) -> Entity:
    await _check(uow.connection, properties, evidence)
    changed = replace(found, type=kind, name=name, properties=dict(properties), evidence=evidence)
    if changed == found:
        return found
    await kept.update_entity(uow, changed)
    await append(uow, EntityUpdated(found.id, kind), subject=found.id)
    return replace(changed, updated_at=uow.now)


async def _check(connection: Connection, properties: Mapping[str, Property], evidence: Evidence) -> None:
    """Bounded, and borne by sources that are stored."""
    if len(json.dumps(dict(properties)).encode()) > PROPERTIES_LIMIT_BYTES:
        raise PropertiesTooLarge(f"properties hold at most {PROPERTIES_LIMIT_BYTES} bytes", field="properties")
    kinds = await kept.kinds(connection, evidence.source_ids)
    unknown = [one for one in evidence.source_ids if one not in kinds]
    if unknown:
        raise SourceUnknown("no such document is stored", field="source_ids", details={"unknown": unknown[:5]})
    if evidence.tier is not None:
        lack = lacking(evidence.tier, list(kinds.values()))
        if lack is not None:
            raise EvidenceThin(lack, field="evidence_tier")
