"""Web hooks and their sources over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request

from harmony.assist.problems.hooks import receiving, sources
from harmony.assist.problems.hooks.schemas import AddSource, HookView, SourceList, SourceSecret, SourceView
from harmony.assist.problems.hooks.secrets import newest_key_id, secret_of
from harmony.assist.problems.pipelines import CiSource
from harmony.commons.identity.edge import Edge, public, requires

router = APIRouter(prefix="/v1/ci", tags=["pipelines"])

BODY_LIMIT_BYTES = 4 * 1024 * 1024
"""A pipeline of many jobs is told in one body."""
_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
}


@router.post("/sources", response_model=SourceSecret, status_code=201)
async def add_source(body: AddSource, edge: Annotated[Edge, requires("problems.report")]) -> SourceSecret:
    """Let a CI service send web hooks about your pipelines. Its secret is shown this once."""
    async with edge.begin() as uow:
        key_id = newest_key_id(edge.house.signer)
        source = await sources.add(uow, edge.caller.id, body.provider, body.name, key_id)
    return _told(edge, source)


@router.get("/sources", response_model=SourceList)
async def list_sources(edge: Annotated[Edge, requires("problems.read")]) -> SourceList:
    async with edge.reading() as connection:
        found = await sources.list_sources(connection, edge.caller.id)
    return SourceList(items=[SourceView.of(source) for source in found])


@router.post("/sources/{sourceId}/secret", response_model=SourceSecret)
async def renew_secret(sourceId: str, edge: Annotated[Edge, requires("problems.report")]) -> SourceSecret:
    """A new secret, shown this once; the one before is refused from now on."""
    async with edge.begin() as uow:
        source = await sources.renew(uow, edge.caller.id, sourceId, newest_key_id(edge.house.signer))
    return _told(edge, source)


@router.delete("/sources/{sourceId}", status_code=204)
async def remove_source(sourceId: str, edge: Annotated[Edge, requires("problems.report")]) -> None:
    """Take the leave back and forget what was delivered. Alarms stay."""
    async with edge.begin() as uow:
        await sources.remove(uow, edge.caller.id, sourceId)


@router.post("/hooks/{sourceId}", response_model=HookView, openapi_extra=_BODY)
async def receive_hook(sourceId: str, request: Request, edge: Annotated[Edge, public()]) -> HookView:
    """A web hook of a CI service. Nothing is parsed or stored before its signature holds."""
    body, now = await request.body(), edge.house.database.clock.now()
    async with edge.reading() as connection:
        named = await sources.find(connection, sourceId)
    secret = secret_of(edge.house.signer, named) if named else None
    source = receiving.prove(named, secret, request.headers, body, now)
    delivery = receiving.read(source, request.headers, body, now)
    async with edge.house.database.begin(actor=source.user_id, trace=edge.trace) as uow:
        return HookView.of(await receiving.receive(uow, source, delivery))


def _told(edge: Edge, source: CiSource) -> SourceSecret:
    secret = secret_of(edge.house.signer, source)
    assert secret is not None, "it was derived from a key that is here"
    return SourceSecret.with_secret(source, secret)
