"""The graph over HTTP: sherlock-hub's calls."""

from __future__ import annotations

from importlib import metadata
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.graph import service
from harmony.assist.graph.errors import RequestUnknown
from harmony.assist.graph.model import (
    GRAPH_LIMIT_NODES,
    LIST_DEFAULT_ITEMS,
    LIST_LIMIT_ITEMS,
    NAME_LIMIT_CHARS,
    PATH_DEFAULT_DEPTH,
    PATH_LIMIT_DEPTH,
    RELATED_DEPTH_LIMIT,
)
from harmony.assist.graph.ports import Traffic
from harmony.assist.graph.schemas import (
    AnswerList,
    AnswerView,
    AskedOver,
    AskQuestion,
    CreateEntity,
    DocumentList,
    DocumentView,
    EntityList,
    EntityView,
    FilterResults,
    Gone,
    HitView,
    MergeEntities,
    MergeList,
    MergeView,
    MetricsView,
    PathList,
    PathView,
    Picture,
    PutEntity,
    RelatedItem,
    RelatedList,
    RelationshipView,
    SearchResults,
    StateRelationship,
    StatusView,
    StoreDocument,
    Tier,
    UpdateEntity,
    plain,
)
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Label, Limit, position
from harmony.commons.identity.edge import Edge, requires

PAGE_LIMIT = 10_000
VERSION = metadata.version("harmony")

Id = Annotated[str, Path(max_length=64)]
Many = Annotated[int, Query(ge=1, le=LIST_LIMIT_ITEMS)]
OfType = Annotated[Label | None, Query(alias="type")]
Words = Annotated[str, Query(min_length=1, max_length=NAME_LIMIT_CHARS)]

router = APIRouter(tags=["graph"])


@router.get("/api/entities", response_model=EntityList)
async def list_entities(
    edge: Annotated[Edge, requires("graph.read")],
    kind: OfType = None,
    page: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 1,
    limit: Many = LIST_DEFAULT_ITEMS,
) -> EntityList:
    async with edge.reading() as connection:
        found, total = await service.list_entities(connection, kind, limit, page)
    return EntityList(total=total, page=page, limit=limit, entities=[EntityView.of(one) for one in found])


@router.post("/api/entities", status_code=201, response_model=EntityView)
async def create_entity(body: CreateEntity, edge: Annotated[Edge, requires("graph.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> EntityView:
        properties = plain(body.properties)
        return EntityView.of(
            await service.create_entity(uow, body.type, body.name, properties, body.evidence(), body.key)
        )

    return await edge.once(body, work, status=201)


@router.put("/api/entities", response_model=EntityView)
async def put_entity(body: PutEntity, edge: Annotated[Edge, requires("graph.write")]) -> JSONResponse:
    """The entity with this key, made or changed; sent twice it is stored once."""

    async def work(uow: UnitOfWork) -> EntityView:
        properties = plain(body.properties)
        return EntityView.of(await service.put_entity(uow, body.key, body.type, body.name, properties, body.evidence()))

    return await edge.once(body, work)


@router.get("/api/entities/{entity_id}", response_model=EntityView)
async def read_entity(entity_id: Id, edge: Annotated[Edge, requires("graph.read")]) -> EntityView:
    async with edge.reading() as connection:
        return EntityView.of(await service.find_entity(connection, entity_id))


@router.put("/api/entities/{entity_id}", response_model=EntityView)
async def update_entity(
    entity_id: Id, body: UpdateEntity, edge: Annotated[Edge, requires("graph.write")]
) -> JSONResponse:
    async def work(uow: UnitOfWork) -> EntityView:
        properties = plain(body.properties)
        return EntityView.of(
            await service.update_entity(uow, entity_id, body.type, body.name, properties, body.evidence())
        )

    return await edge.once(entity_id.encode("utf-8", "replace") + body.model_dump_json().encode(), work)


@router.delete("/api/entities/{entity_id}", response_model=Gone)
async def delete_entity(entity_id: Id, edge: Annotated[Edge, requires("graph.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> Gone:
        await service.delete_entity(uow, entity_id)
        return Gone(message="the entity and its relationships are deleted", id=entity_id)

    return await edge.once(entity_id.encode("utf-8", "replace"), work)


@router.get("/api/entities/{entity_id}/related", response_model=RelatedList)
async def related(
    entity_id: Id,
    edge: Annotated[Edge, requires("graph.read")],
    depth: Annotated[int, Query(ge=1, le=RELATED_DEPTH_LIMIT)] = 1,
) -> RelatedList:
    async with edge.reading() as connection:
        found = await service.related(connection, entity_id, depth)
    return RelatedList(entity_id=entity_id, related=[RelatedItem.of(one) for one in found])


@router.post("/api/entities/{entity_id}/merge", status_code=201, response_model=MergeView)
async def merge(entity_id: Id, body: MergeEntities, edge: Annotated[Edge, requires("graph.merge")]) -> JSONResponse:
    """Two are one: the other is read as this one until it is undone."""

    async def work(uow: UnitOfWork) -> MergeView:
        return MergeView.of(await service.merge(uow, entity_id, body.merged_id, body.reason))

    return await edge.once(entity_id.encode("utf-8", "replace") + body.model_dump_json().encode(), work, status=201)


@router.get("/api/merges", response_model=MergeList)
async def list_merges(
    edge: Annotated[Edge, requires("graph.read")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> MergeList:
    async with edge.reading() as connection:
        found = await service.list_merges(connection, position(cursor), limit)
    return MergeList(merges=[MergeView.of(one) for one in found.items], next_cursor=found.next_cursor)


@router.post("/api/merges/{merge_id}/undo", response_model=MergeView)
async def undo_merge(merge_id: Id, edge: Annotated[Edge, requires("graph.merge")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> MergeView:
        return MergeView.of(await service.undo_merge(uow, merge_id))

    return await edge.once(merge_id.encode("utf-8", "replace"), work)


@router.post("/api/relationships", status_code=201, response_model=RelationshipView)
async def state_relationship(body: StateRelationship, edge: Annotated[Edge, requires("graph.write")]) -> JSONResponse:
    """What one has to do with another; stated again it is the same relationship."""

    async def work(uow: UnitOfWork) -> RelationshipView:
        properties = plain(body.properties)
        return RelationshipView.of(
            await service.state_relationship(uow, body.from_id, body.to_id, body.type, properties, body.evidence())
        )

    return await edge.once(body, work, status=201)


@router.delete("/api/relationships/{relationship_id}", response_model=Gone)
async def delete_relationship(relationship_id: Id, edge: Annotated[Edge, requires("graph.write")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> Gone:
        await service.delete_relationship(uow, relationship_id)
        return Gone(message="the relationship is deleted", id=relationship_id)

    return await edge.once(relationship_id.encode("utf-8", "replace"), work)


@router.get("/api/paths/{from_id}/{to_id}", response_model=PathList)
async def paths(
    from_id: Id,
    to_id: Id,
    edge: Annotated[Edge, requires("graph.read")],
    max_depth: Annotated[int, Query(ge=1, le=PATH_LIMIT_DEPTH)] = PATH_DEFAULT_DEPTH,
) -> PathList:
    """Ways between two, the shortest first, in either direction of the relationships."""
    async with edge.reading() as connection:
        found = await service.find_paths(connection, from_id, to_id, max_depth)
    return PathList(from_id=from_id, to_id=to_id, max_depth=max_depth, paths=[PathView.of(one) for one in found])


@router.get("/api/search", response_model=SearchResults)
async def search(
    q: Words, edge: Annotated[Edge, requires("graph.read")], limit: Many = LIST_DEFAULT_ITEMS
) -> SearchResults:
    async with edge.reading() as connection:
        found, total = await service.search(connection, _readable(q), limit)
    return SearchResults(query=q, total=total, results=[HitView.of(one) for one in found])


@router.get("/api/search/advanced", response_model=FilterResults)
async def filtered(
    edge: Annotated[Edge, requires("graph.read")],
    kind: OfType = None,
    role: Label | None = None,
    evidence_tier: Tier | None = None,
    limit: Many = LIST_DEFAULT_ITEMS,
) -> FilterResults:
    async with edge.reading() as connection:
        found, total = await service.list_filtered(connection, kind, role, evidence_tier, limit)
    given = {"type": kind, "role": role, "evidence_tier": evidence_tier}
    filters = {name: value for name, value in given.items() if value is not None}
    return FilterResults(filters=filters, total=total, results=[EntityView.of(one) for one in found])


@router.post("/api/qa", response_model=AnswerView)
async def ask(body: AskQuestion, edge: Annotated[Edge, requires("graph.ask")]) -> JSONResponse:
    """What is stored about it, with its sources; no answer when nothing stored supports one."""

    async def work(uow: UnitOfWork) -> AnswerView:
        found = await service.answer(uow.connection, body.question)
        view = AnswerView.of(uow.ids.new("question"), body.question, found, uow.now)
        await service.keep_answer(uow, view.id, body.question, view.model_dump(mode="json"))
        return view

    return await edge.once(body, work)


@router.get("/api/qa", response_model=AnswerList)
async def list_answers(
    edge: Annotated[Edge, requires("graph.ask")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> AnswerList:
    """What you asked, newest first."""
    async with edge.reading() as connection:
        found = await service.list_answers(connection, edge.caller.id, position(cursor), limit)
    answers = [AnswerView.model_validate(one) for one in found.items]
    return AnswerList(questions=answers, next_cursor=found.next_cursor)


@router.get("/api/qa/{question_id}", response_model=AnswerView)
async def read_answer(question_id: Id, edge: Annotated[Edge, requires("graph.ask")]) -> AnswerView:
    async with edge.reading() as connection:
        return AnswerView.model_validate(await service.find_answer(connection, question_id, edge.caller.id))


@router.get("/api/graph", response_model=Picture)
async def picture(
    edge: Annotated[Edge, requires("graph.read")], limit: Annotated[int, Query(ge=1, le=GRAPH_LIMIT_NODES)] = 100
) -> Picture:
    async with edge.reading() as connection:
        return Picture.of(*await service.picture(connection, limit))


@router.get("/api/documents", response_model=DocumentList)
async def list_documents(
    edge: Annotated[Edge, requires("graph.read")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> DocumentList:
    async with edge.reading() as connection:
        found = await service.list_documents(connection, position(cursor), limit)
    documents = [DocumentView.of(one, whole=False) for one in found.items]
    return DocumentList(documents=documents, next_cursor=found.next_cursor)


@router.post("/api/documents", status_code=201, response_model=DocumentView)
async def store_document(body: StoreDocument, edge: Annotated[Edge, requires("graph.write")]) -> JSONResponse:
    """A source that claims name and answers quote; redacted before it is stored."""

    async def work(uow: UnitOfWork) -> DocumentView:
        return DocumentView.of(await service.store_document(uow, body.title, body.kind, body.text, body.key))

    return await edge.once(body, work, status=201)


@router.get("/api/documents/{document_id}", response_model=DocumentView)
async def read_document(document_id: Id, edge: Annotated[Edge, requires("graph.read")]) -> DocumentView:
    async with edge.reading() as connection:
        return DocumentView.of(await service.find_document(connection, document_id))


@router.get("/api/system/status", response_model=StatusView)
async def status(request: Request, edge: Annotated[Edge, requires("graph.status")]) -> StatusView:
    async with edge.reading() as connection:
        return await _status(connection, request)


@router.get("/api/system/metrics", response_model=MetricsView)
async def metrics(request: Request, _: Annotated[Edge, requires("graph.status")]) -> MetricsView:
    traffic: Traffic = request.app.state.traffic
    minutes = max(traffic.uptime_seconds / 60, 1 / 60)
    return MetricsView(
        requests_total=traffic.requests,
        requests_per_minute=round(traffic.requests / minutes, 3),
        average_response_time_ms=round(traffic.milliseconds / max(traffic.requests, 1), 3),
        database_queries=None,
        cache_hits=None,
        cache_misses=None,
        errors=traffic.errors,
    )


@router.post("/request", response_model=StatusView)
async def requested(body: AskedOver, request: Request, edge: Annotated[Edge, requires("graph.status")]) -> StatusView:
    """What other components ask through the Conductor: ``get-status``."""
    if body.request_type != "get-status":
        raise RequestUnknown("this request is not known here", field="request_type")
    async with edge.reading() as connection:
        return await _status(connection, request)


async def _status(connection: Connection, request: Request) -> StatusView:
    counts = await service.count(connection)
    traffic: Traffic = request.app.state.traffic
    return StatusView(
        status="healthy",
        database="connected",
        cache="none",
        version=VERSION,
        uptime_seconds=int(traffic.uptime_seconds),
        entities_count=counts.entities,
        relationships_count=counts.relationships,
    )


def _readable(text: str) -> str:
    """Nothing is stored of it, so what cannot be stored simply finds nothing."""
    return "".join(character if character.isprintable() else " " for character in text)
