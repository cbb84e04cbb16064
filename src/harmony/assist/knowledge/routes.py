"""Knowledge over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.knowledge import service
from harmony.assist.knowledge.model import Article, Space, Status
from harmony.assist.knowledge.ports import SessionReader
from harmony.assist.knowledge.schemas import (
    AddMember,
    ArticleItem,
    ArticleList,
    ArticleView,
    CreateSpace,
    FoundView,
    Search,
    SearchResults,
    SpaceItem,
    SpaceList,
    SpaceView,
    WriteArticle,
)
from harmony.assist.wire import DEFAULT_LIMIT, Cursor, Limit, position
from harmony.commons.identity.edge import Edge, requires

REVIEW = "knowledge.review"

router = APIRouter(prefix="/v1/knowledge-base", tags=["knowledge"])


@router.post("/search", response_model=SearchResults)
async def search(body: Search, edge: Annotated[Edge, requires("knowledge.search")]) -> SearchResults:
    async with edge.reading() as connection:
        found, total = await service.search(
            connection, edge.caller.id, body.query, body.filters.noun(), body.limit, fingerprint=body.fingerprint
        )
    return SearchResults(total_results=total, items=[FoundView.of(item) for item in found])


@router.post("/spaces", status_code=201, response_model=SpaceView)
async def create_space(body: CreateSpace, edge: Annotated[Edge, requires("knowledge.spaces")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> SpaceView:
        space = await service.create_space(uow, edge.caller.id, body.name, body.visibility)
        return await _space_view(uow, space)

    return await edge.once(body, work, status=201)


@router.get("/spaces", response_model=SpaceList)
async def list_spaces(
    edge: Annotated[Edge, requires("knowledge.search")], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> SpaceList:
    async with edge.reading() as connection:
        page = await service.list_spaces(connection, edge.caller.id, position(cursor), limit)
    items = [
        SpaceItem(space_id=space.id, name=space.name, visibility=space.visibility, owner_id=space.owner_id)
        for space in page.items
    ]
    return SpaceList(items=items, next_cursor=page.next_cursor)


@router.get("/spaces/{spaceId}", response_model=SpaceView)
async def read_space(spaceId: str, edge: Annotated[Edge, requires("knowledge.search")]) -> SpaceView:
    async with edge.reading() as connection:
        space = await service.find_space(connection, spaceId, edge.caller.id)
        return SpaceView.of(space, await service.list_members(connection, spaceId, edge.caller.id))


@router.post("/spaces/{spaceId}/members", response_model=SpaceView)
async def add_member(
    spaceId: str, body: AddMember, edge: Annotated[Edge, requires("knowledge.spaces")]
) -> JSONResponse:
    async def work(uow: UnitOfWork) -> SpaceView:
        return await _space_view(uow, await service.add_member(uow, spaceId, body.user_id))

    return await edge.once(spaceId.encode("utf-8", "replace") + body.model_dump_json().encode(), work)


@router.post("/articles", status_code=201, response_model=ArticleView)
async def write_article(body: WriteArticle, edge: Annotated[Edge, requires("knowledge.capture")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> ArticleView:
        if body.session_id is None:
            return ArticleView.of(await service.write(uow, edge.caller.id, body.space_id, body.noun()))
        facts = await edge.house.port(SessionReader)(uow.connection, body.session_id, edge.caller.id)
        return ArticleView.of(await service.capture(uow, edge.caller.id, facts, body.noun()))

    return await edge.once(body, work, status=201)


@router.get("/articles", response_model=ArticleList)
async def list_articles(
    edge: Annotated[Edge, requires("knowledge.read")],
    status: Status | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> ArticleList:
    async with edge.reading() as connection:
        page = await service.list_articles(
            connection,
            edge.caller.id,
            reviewer=edge.caller.may(REVIEW),
            status=status,
            before=position(cursor),
            limit=limit,
        )
    return ArticleList(items=[_item(article) for article in page.items], next_cursor=page.next_cursor)


@router.get("/articles/{articleId}", response_model=ArticleView)
async def read_article(articleId: str, edge: Annotated[Edge, requires("knowledge.read")]) -> ArticleView:
    async with edge.reading() as connection:
        reviewer = edge.caller.may(REVIEW)
        return ArticleView.of(await service.find_article(connection, articleId, edge.caller.id, reviewer=reviewer))


@router.post("/articles/{articleId}/consent", response_model=ArticleView)
async def consent(articleId: str, edge: Annotated[Edge, requires("knowledge.capture")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> ArticleView:
        return ArticleView.of(await service.consent(uow, articleId))

    return await edge.once(articleId.encode("utf-8", "replace"), work)


@router.post("/articles/{articleId}/approve", response_model=ArticleView)
async def approve(articleId: str, edge: Annotated[Edge, requires("knowledge.approve")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> ArticleView:
        return ArticleView.of(await service.approve(uow, articleId, reviewer=edge.caller.may(REVIEW)))

    return await edge.once(articleId.encode("utf-8", "replace"), work)


@router.post("/articles/{articleId}/archive", response_model=ArticleView)
async def archive(articleId: str, edge: Annotated[Edge, requires("knowledge.approve")]) -> JSONResponse:
    async def work(uow: UnitOfWork) -> ArticleView:
        return ArticleView.of(await service.archive(uow, articleId, reviewer=edge.caller.may(REVIEW)))

    return await edge.once(articleId.encode("utf-8", "replace"), work)


async def _space_view(uow: UnitOfWork, space: Space) -> SpaceView:
    return SpaceView.of(space, await service.list_members(uow.connection, space.id, uow.actor))


def _item(article: Article) -> ArticleItem:
    return ArticleItem(
        article_id=article.id,
        space_id=article.space_id,
        title=article.title,
        version=article.version,
        status=article.status,
        categories=list(article.categories),
        author_id=article.author_id,
        created_at=article.created_at,
        updated_at=article.updated_at,
    )
