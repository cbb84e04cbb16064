"""The verbs of correction: a person gives a failure its class, and what was corrected teaches.

A correction stands beside what was read and never changes it: what help is worth does not follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems import service
from harmony.assist.problems.errors import ClassUnknown
from harmony.assist.problems.lessons import Lesson, lesson_of
from harmony.assist.problems.model import Correction, ProblemContext, Report, ReportedError
from harmony.assist.problems.ports import ContextReaders, LogReader
from harmony.assist.problems.store import reports as store
from harmony.assist.problems.taxonomy import shipped
from harmony.commons.journal.service import append
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import ProblemReclassified


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept failure as far as learning looks at it: no sentence is in it."""

    context: ProblemContext
    correction: Correction | None
    lesson: Lesson


async def correct(
    uow: UnitOfWork,
    context: ProblemContext,
    principal_id: str,
    category: str,
    subcategory: str,
    reason: str,
) -> Correction:
    """Remember the class that a person gives; the same again changes nothing. Raises ``ClassUnknown``."""
    if not shipped().has(category, subcategory):
        raise ClassUnknown(f"there is no class {category}/{subcategory}", field="category")
    earlier = await store.correction(uow.connection, context.id)
    given = Correction(context.id, principal_id, category, subcategory, redact(reason).text, uow.now)
    if not await store.correct(uow, given):
        return earlier or given
    read = context.judgement.classification
    held = earlier or Correction(context.id, "", read.category, read.subcategory, "", context.created_at)
    await append(
        uow,
        ProblemReclassified(
            context_id=context.id,
            corrected_by=principal_id,
            category=category,
            subcategory=subcategory,
            earlier_category=held.category,
            earlier_subcategory=held.subcategory,
        ),
        subject=context.id,
    )
    return given


async def classification(
    connection: Connection, context_id: str, principal_id: str, readers: ContextReaders, *, admin: bool
) -> tuple[ProblemContext, Correction | None]:
    """What was read and what a person said, for those who may see the context."""
    found = await service.find_context(connection, context_id, principal_id, readers, admin=admin)
    return found, await store.correction(connection, found.id)


async def page(
    connection: Connection, before: str | None, limit: int
) -> Page[tuple[ProblemContext, Correction | None]]:
    """Kept failures of everybody with their corrections, the newest first."""
    found = await store.everybodys(connection, before, limit + 1)
    shown = found[:limit]
    corrected = await store.corrections(connection, [context.id for context in shown])
    following = encode_cursor(shown[-1].id) if len(found) > limit else None
    return Page(tuple((context, corrected.get(context.id)) for context in shown), following)


async def kept(context: ProblemContext, corrected: Correction | None, read: LogReader) -> Kept:
    """What a kept failure teaches: read once more, in a worker, because only what was read from it was kept."""
    errors = () if context.log or not context.error_type else (_error(context),)
    report = Report(
        errors=errors,
        environment=context.environment,
        log=context.log,
        command=context.command,
        exit_code=context.exit_code,
    )
    reading = await read(report)
    return Kept(context, corrected, lesson_of(reading, corrected.category if corrected else "", shipped()))


def _error(context: ProblemContext) -> ReportedError:
    return ReportedError(context.error_type, context.error_message)
