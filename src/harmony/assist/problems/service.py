"""The verbs of problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from harmony.adapters.db.pool import new_trace
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.knowledge import service as knowledge
from harmony.assist.knowledge.model import Found
from harmony.assist.problems import fingerprints, store
from harmony.assist.problems.classification import judge, observe, suggest
from harmony.assist.problems.errors import ContextUnknown, LogTooLarge
from harmony.assist.problems.model import (
    LOG_LIMIT_BYTES,
    MESSAGE_LIMIT_CHARS,
    REPEATS_WINDOW_HOURS,
    Detection,
    Judgement,
    KnownSolution,
    ProblemContext,
    Reading,
    Report,
    ReportedError,
)
from harmony.assist.problems.ports import ContextReaders
from harmony.assist.problems.reading import decisive_first, of_reported, read_log
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import ProblemDetected

ERROR_TYPE_LIMIT_CHARS = 200
NOTHING_FAILED = "nothing-failed"


def read(report: Report) -> Reading:
    """Redact a report, then find its failures and features. Pure, and the only slow step: fit for a worker process."""
    return read_clean(redacted(report))


def read_clean(clean: Report) -> Reading:
    """``read`` for a report that is redacted already."""
    failures = decisive_first([*of_reported(clean.errors), *read_log(clean.log or "")])
    decisive = failures[0] if failures else None
    if decisive is not None:
        fingerprint = fingerprints.of_failure(decisive)
    elif clean.exit_code:
        fingerprint = fingerprints.of_exit(clean.command, clean.exit_code)
    else:
        fingerprint = NOTHING_FAILED
    language = (decisive.language if decisive else "") or clean.environment.language.lower()
    return Reading(clean, failures, observe(clean, failures), fingerprint, language)


async def detect(uow: UnitOfWork, user_id: str, space_id: str | None, reading: Reading) -> Detection:
    """Judge a reading, look first for what is known, and keep the context.

    The story goes on under the caller's trace, unless that is the trace of somebody else's: those who were asked to
    help know it, and under it they would read what they may not.
    """
    if await store.is_anothers_trace(uow, user_id):
        uow.trace = new_trace(uow.chance)
    if space_id is not None:
        await knowledge.find_space(uow.connection, space_id, user_id)
    judgement = judge(reading, await _occurrences(uow, user_id, reading))
    known = await _known(uow.connection, user_id, reading, judgement) if judgement.problem_detected else ()
    certain = any(solution.matched_by == "fingerprint" for solution in known)
    decisive = reading.decisive
    context = ProblemContext(
        id=uow.ids.new("context"),
        user_id=user_id,
        space_id=space_id,
        trace=uow.trace,
        judgement=judgement,
        suggested_action=suggest(judgement, solution_is_certain=certain),
        fingerprint=reading.fingerprint,
        error_type=decisive.error_type[:ERROR_TYPE_LIMIT_CHARS] if decisive else "",
        error_message=decisive.message[:MESSAGE_LIMIT_CHARS] if decisive else "",
        language=reading.language,
        environment=reading.report.environment,
        command=reading.report.command,
        exit_code=reading.report.exit_code,
        log=reading.report.log,
        created_at=uow.now,
    )
    await store.add(uow, context)
    await append(uow, _told(context, known), subject=context.id)
    return Detection(context, known)


async def find_context(
    connection: Connection, context_id: str, principal_id: str, readers: ContextReaders, *, admin: bool = False
) -> ProblemContext:
    """The context, for its owner, or for who was asked to help with it: without the log, which is shared by consent."""
    found = await store.context(connection, context_id) if looks_like_id(context_id, "context") else None
    if found is not None and (admin or found.user_id == principal_id):
        return found
    if found is not None and await readers(connection, principal_id, context_id):
        return replace(found, log=None, command=None)
    raise ContextUnknown("there is no such problem context", field="contextId")


async def own_context(connection: Connection, context_id: str, principal_id: str) -> ProblemContext:
    """The context, for its owner only."""
    found = await store.context(connection, context_id) if looks_like_id(context_id, "context") else None
    if found is None or found.user_id != principal_id:
        raise ContextUnknown("there is no such problem context", field="contextId")
    return found


async def list_contexts(connection: Connection, user_id: str, before: str | None, limit: int) -> Page[ProblemContext]:
    found = await store.contexts(connection, user_id, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def known_solutions(connection: Connection, principal_id: str, context: ProblemContext) -> list[KnownSolution]:
    """What is known by now about a failure that was kept."""
    category = context.judgement.classification.category
    words = f"{context.error_type} {context.error_message} {category}"
    found = await knowledge.known_solutions(connection, principal_id, context.fingerprint, words, category)
    return [_solution(item) for item in found]


def check_log(log: str | None) -> None:
    """Refuse a log beyond ``LOG_LIMIT_BYTES``."""
    if log is not None and len(log.encode("utf-8", "replace")) > LOG_LIMIT_BYTES:
        raise LogTooLarge(
            f"the log is larger than {LOG_LIMIT_BYTES} bytes", field="log", details={"limit_bytes": LOG_LIMIT_BYTES}
        )


async def _occurrences(uow: UnitOfWork, user_id: str, reading: Reading) -> int:
    """How often this failure was met: by this report's count, or by the reports before it and this one."""
    if reading.decisive is None and not reading.report.exit_code:
        return 0
    since = uow.now - timedelta(hours=REPEATS_WINDOW_HOURS)
    earlier = await store.repeats(uow.connection, user_id, reading.fingerprint, since)
    counted = max((failure.count for failure in reading.failures), default=1)
    return max(counted, earlier + 1)


async def _known(
    connection: Connection, user_id: str, reading: Reading, judgement: Judgement
) -> tuple[KnownSolution, ...]:
    decisive = reading.decisive
    category = judgement.classification.category
    words = f"{decisive.error_type} {decisive.message} {category}" if decisive else category
    found = await knowledge.known_solutions(connection, user_id, reading.fingerprint, words, category)
    return tuple(_solution(item) for item in found)


def _solution(found: Found) -> KnownSolution:
    return KnownSolution(found.article.id, found.article.title, found.relevance, found.matched_by)


def redacted(report: Report) -> Report:
    environment = report.environment
    return replace(
        report,
        errors=tuple(
            ReportedError(_clean(error.error_type), _clean(error.message), error.frequency) for error in report.errors
        ),
        environment=replace(
            environment,
            os=_clean(environment.os),
            previous_environment=_clean(environment.previous_environment),
            language=_clean(environment.language),
            runtime=_clean(environment.runtime),
        ),
        log=None if report.log is None else _clean(report.log),
        command=None if report.command is None else _clean(report.command),
    )


def _clean(text: str) -> str:
    return redact(text).text


def _told(context: ProblemContext, known: tuple[KnownSolution, ...]) -> ProblemDetected:
    classification = context.judgement.classification
    return ProblemDetected(
        context_id=context.id,
        user_id=context.user_id,
        fingerprint=context.fingerprint,
        category=classification.category,
        subcategory=classification.subcategory,
        confidence_percent=context.judgement.confidence_percent,
        problem_detected=context.judgement.problem_detected,
        suggested_action=context.suggested_action,
        known_articles=[solution.article_id for solution in known],
    )
