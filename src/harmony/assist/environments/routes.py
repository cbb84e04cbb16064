"""Environments over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from harmony.assist.environments.schemas import (
    GetPath,
    PathView,
    QuirkList,
    QuirkView,
    TranslateBody,
    TranslationView,
)
from harmony.assist.environments.service.get_path import get_path as make_path
from harmony.assist.environments.service.get_path import this_platform
from harmony.assist.environments.service.list_quirks import list_quirks as find_quirks
from harmony.assist.environments.service.translate import translate as translated
from harmony.assist.wire import LABEL_LIMIT_CHARS
from harmony.commons.identity.edge import Edge, requires

router = APIRouter(prefix="/v1/environments", tags=["environments"])

Words = Annotated[str, Query(max_length=LABEL_LIMIT_CHARS)]


@router.post("/path")
async def get_path(body: GetPath, edge: Annotated[Edge, requires("environments.read")]) -> PathView:
    platform = body.platform or this_platform()
    path, normalized = make_path(body.components, body.type, platform)
    return PathView(path=path, normalized=normalized, platform=platform)


@router.post("/translate")
async def translate(body: TranslateBody, edge: Annotated[Edge, requires("environments.read")]) -> TranslationView:
    found = translated(body.text, body.source, body.target, body.kind, body.connected())
    return TranslationView(text=found.text, notes=list(found.notes))


@router.get("/quirks")
async def list_quirks(
    edge: Annotated[Edge, requires("environments.read")], system: Words = "", q: Words = ""
) -> QuirkList:
    return QuirkList(items=[QuirkView.of(quirk) for quirk in find_quirks(system, q)])
