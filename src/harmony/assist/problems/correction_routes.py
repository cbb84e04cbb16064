"""Corrections over HTTP: a person gives a failure its class; an administrator takes out what that teaches."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import Field

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.problems import correction
from harmony.assist.problems.correction import Kept
from harmony.assist.problems.model import Correction, ProblemContext
from harmony.assist.problems.ports import ContextReaders, LogReader
from harmony.assist.wire import Cursor, Label, Line, Wire, is_admin, position
from harmony.commons.identity.edge import Edge, requires

LESSONS_PAGE_ITEMS = 20
"""Each is read once more in a worker, so a page is short."""

router = APIRouter(prefix="/v1", tags=["problems"])


class CorrectClass(Wire):
    """A class of the taxonomy; ``unknown`` with ``unclassified`` says that none fits."""

    category: Label
    subcategory: Label
    reason: Line = ""


class ClassGiven(Wire):
    category: str
    subcategory: str
    corrected_by: str
    reason: str
    corrected_at: datetime

    @classmethod
    def of(cls, given: Correction) -> ClassGiven:
        return cls(
            category=given.category,
            subcategory=given.subcategory,
            corrected_by=given.corrected_by,
            reason=given.reason,
            corrected_at=given.corrected_at,
        )


class ClassOfProblem(Wire):
    """What was read, and what a person said since; ``corrected`` is null where nobody did."""

    context_id: str
    category: str
    subcategory: str
    corrected: ClassGiven | None

    @classmethod
    def of(cls, context: ProblemContext, given: Correction | None) -> ClassOfProblem:
        return cls(
            context_id=context.id,
            category=context.judgement.classification.category,
            subcategory=context.judgement.classification.subcategory,
            corrected=ClassGiven.of(given) if given else None,
        )


class FittingRule(Wire):
    rule: str
    share: float


class LessonView(Wire):
    """A kept failure as far as learning looks at it: rules that fit, single words, no sentence."""

    context_id: str
    created_at: datetime
    fingerprint: str
    category: str
    corrected_category: Annotated[str | None, Field(description="What a person said; null where nobody did.")]
    fitting: list[FittingRule]
    words: list[str]

    @classmethod
    def of(cls, kept: Kept) -> LessonView:
        return cls(
            context_id=kept.context.id,
            created_at=kept.context.created_at,
            fingerprint=kept.lesson.fingerprint,
            category=kept.context.judgement.classification.category,
            corrected_category=kept.correction.category if kept.correction else None,
            fitting=[FittingRule(rule=rule, share=share) for rule, share in kept.lesson.ranked],
            words=list(kept.lesson.words),
        )


class LessonList(Wire):
    items: list[LessonView]
    next_cursor: str | None


@router.get("/problems/{contextId}/classification", response_model=ClassOfProblem)
async def read_classification(contextId: str, edge: Annotated[Edge, requires("problems.read")]) -> ClassOfProblem:
    readers = edge.house.port(ContextReaders)
    async with edge.reading() as connection:
        found, given = await correction.classification(
            connection, contextId, edge.caller.id, readers, admin=is_admin(edge)
        )
    return ClassOfProblem.of(found, given)


@router.put("/problems/{contextId}/classification", response_model=ClassOfProblem)
async def correct_classification(
    contextId: str, body: CorrectClass, edge: Annotated[Edge, requires("problems.correct")]
) -> JSONResponse:
    """Give a failure its class: by its owner or who was asked to help. The same again changes nothing."""
    readers = edge.house.port(ContextReaders)

    async def work(uow: UnitOfWork) -> ClassOfProblem:
        found, _ = await correction.classification(
            uow.connection, contextId, edge.caller.id, readers, admin=is_admin(edge)
        )
        given = await correction.correct(uow, found, edge.caller.id, body.category, body.subcategory, body.reason)
        return ClassOfProblem.of(found, given)

    return await edge.once(body, work)


@router.get("/problem-lessons", response_model=LessonList)
async def list_lessons(
    edge: Annotated[Edge, requires("problems.learn")],
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=LESSONS_PAGE_ITEMS)] = LESSONS_PAGE_ITEMS,
) -> LessonList:
    """What the kept failures of everybody teach, the newest first; `harmony learn --from-here` reads it."""
    reader = edge.house.port(LogReader)
    async with edge.reading() as connection:
        page = await correction.page(connection, position(cursor), limit)
    items = [LessonView.of(await correction.kept(context, given, reader)) for context, given in page.items]
    return LessonList(items=items, next_cursor=page.next_cursor)
