"""The verbs of problems."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import replace
from datetime import timedelta

from harmony.adapters.db.pool import new_trace
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.environments.answers import answer, setting_of
from harmony.assist.environments.model import Answer
from harmony.assist.knowledge import service as knowledge
from harmony.assist.knowledge.model import Found
from harmony.assist.problems import facts, fingerprints, grouping
from harmony.assist.problems.classification import judge, observe, suggest
from harmony.assist.problems.errors import ContextUnknown, LogTooLarge, NothingToRead
from harmony.assist.problems.model import (
    FRAMES_SHOWN_ITEMS,
    LOG_LIMIT_BYTES,
    MESSAGE_LIMIT_CHARS,
    REPEATS_WINDOW_HOURS,
    TAIL_LINE_LIMIT_CHARS,
    Action,
    Detection,
    Environment,
    Extract,
    Judgement,
    KnownSolution,
    ProblemContext,
    Reading,
    Report,
    ReportedError,
    fingerprint_only,
)
from harmony.assist.problems.plain import plain
from harmony.assist.problems.ports import ContextReaders
from harmony.assist.problems.reading import decisive_first, of_reported, read_log
from harmony.assist.problems.store import reports as store
from harmony.assist.problems.store import watched as watching
from harmony.assist.problems.stuck.model import Privacy
from harmony.assist.problems.taxonomy import Kinds
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import ProblemDetected

ERROR_TYPE_LIMIT_CHARS = 200
MERGED_LIMIT_ITEMS = 8
"""Of how many merged fingerprints solutions are looked for."""
NOTHING_FAILED = "nothing-failed"
PERSON_OCCURRENCES = 3
"""From so many meetings on, repetition alone is reason enough for a person."""


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


def assess(reading: Reading, kinds: Kinds | None = None) -> Judgement:
    """Judge a reading by itself, without what was reported before it. Pure."""
    return judge(reading, _counted(reading), kinds)


def extract(reading: Reading, tail_lines: int) -> Extract:
    """What somebody who is to help needs of a reading, with the last ``tail_lines`` lines of its log. Pure."""
    lines = (reading.report.log or "").splitlines()
    said = list(facts.of_environment(reading.report.environment))
    tail = lines[len(lines) - min(tail_lines, len(lines)) :]
    return Extract(
        decisive=reading.decisive,
        frames=reading.decisive.frames[-FRAMES_SHOWN_ITEMS:] if reading.decisive else (),
        facts=(*said, *facts.of_log(lines, {fact.name for fact in said})),
        tail=tuple(line[:TAIL_LINE_LIMIT_CHARS] for line in tail),
        tail_begins=len(lines) - len(tail) + 1,
        fingerprint=reading.fingerprint,
    )


async def detect(
    uow: UnitOfWork, user_id: str, space_id: str | None, reading: Reading, kinds: Kinds | None = None
) -> Detection:
    """Judge a reading, look first for what is known, and keep the context.

    Under high privacy what is kept is the fingerprint and the class; the answer is the same as for anybody.

    The story goes on under the caller's trace, unless that is the trace of somebody else's: those who were asked to
    help know it, and under it they would read what they may not.
    """
    if await store.is_anothers_trace(uow, user_id):
        uow.trace = new_trace(uow.chance)
    if space_id is not None:
        await knowledge.find_space(uow.connection, space_id, user_id)
    privacy = (await watching.settings(uow.connection, user_id)).privacy
    reading = await grouping.placed(uow, user_id, reading, remembered=privacy is not Privacy.HIGH)
    group = await grouping.group_of(uow.connection, user_id, reading.fingerprint)
    judgement = judge(reading, await _occurrences(uow, user_id, reading, group), kinds)
    known = await _known(uow.connection, user_id, reading, judgement, group) if judgement.problem_detected else ()
    certain = any(solution.matched_by == "fingerprint" for solution in known)
    decisive = reading.decisive
    context = ProblemContext(
        id=uow.ids.new("context"),
        user_id=user_id,
        space_id=space_id,
        trace=uow.trace,
        judgement=judgement,
        suggested_action=_paced(judgement, suggest(judgement, solution_is_certain=certain), known),
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
    await store.add(uow, fingerprint_only(context) if privacy is Privacy.HIGH else context)
    await append(uow, _told(context, known), subject=context.id)
    return Detection(context, known, known_quirks(context))


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


def known_quirks(context: ProblemContext) -> tuple[Answer, ...]:
    """The differences between systems that may explain a failure, the likeliest first; none where nothing failed. Pure.

    Read are the words of the failure and the evidence of its class, not the whole log, in which a line of another
    failure could speak for a quirk.
    """
    said = _said(context.error_type, context.error_message)
    return _quirks(context.judgement, context.command, said, context.environment)


def quirks_of(reading: Reading, judgement: Judgement) -> tuple[Answer, ...]:
    """``known_quirks`` of a reading that is not kept. Pure."""
    decisive, report = reading.decisive, reading.report
    said = _said(decisive.error_type, decisive.message[:MESSAGE_LIMIT_CHARS]) if decisive else ""
    return _quirks(judgement, report.command, said, report.environment)


def _said(error_type: str, message: str) -> str:
    return f"{error_type}: {message}" if error_type else message


def _quirks(judgement: Judgement, command: str | None, said: str, environment: Environment) -> tuple[Answer, ...]:
    if not judgement.problem_detected:
        return ()
    lines = [command or "", *(evidence.text for evidence in judgement.evidence), said]
    text = "\n".join(line for line in dict.fromkeys(lines) if line)
    return answer(text, setting_of(text, environment.os, environment.previous_environment))


def check_log(log: str | None, *, field: str = "log") -> None:
    """Refuse a log beyond ``LOG_LIMIT_BYTES``."""
    if log is not None and len(log.encode("utf-8", "replace")) > LOG_LIMIT_BYTES:
        raise LogTooLarge(
            f"the log is larger than {LOG_LIMIT_BYTES} bytes", field=field, details={"limit_bytes": LOG_LIMIT_BYTES}
        )


def check_something(log: str | None, errors: Sized) -> None:
    """Refuse a report in which there is nothing to read."""
    if not (log or "").strip() and not errors:
        raise NothingToRead("there is nothing to read", field="text")


def _counted(reading: Reading) -> int:
    """How often the report itself says that its failure was met; 0 when nothing failed."""
    if reading.decisive is None and not reading.report.exit_code:
        return 0
    return max((failure.count for failure in reading.failures), default=1)


async def _occurrences(uow: UnitOfWork, user_id: str, reading: Reading, group: tuple[str, ...]) -> int:
    """How often this failure was met: by this report's count, or by the reports before it and this one."""
    counted = _counted(reading)
    if counted == 0:
        return 0
    since = uow.now - timedelta(hours=REPEATS_WINDOW_HOURS)
    earlier = await store.repeats(uow.connection, user_id, list(group), since)
    return max(counted, earlier + 1)


async def _known(
    connection: Connection, user_id: str, reading: Reading, judgement: Judgement, group: tuple[str, ...]
) -> tuple[KnownSolution, ...]:
    """What answers this failure; where a person merged it with others, what answers one of those."""
    decisive = reading.decisive
    category = judgement.classification.category
    words = f"{decisive.error_type} {decisive.message} {category}" if decisive else category
    first: tuple[KnownSolution, ...] | None = None
    for fingerprint in group[:MERGED_LIMIT_ITEMS]:
        found = await knowledge.known_solutions(connection, user_id, fingerprint, words, category)
        solutions = tuple(_solution(item) for item in found)
        if any(solution.matched_by == "fingerprint" for solution in solutions):
            return solutions
        first = solutions if first is None else first
    return first or ()


def _paced(judgement: Judgement, action: Action, known: tuple[KnownSolution, ...]) -> Action:
    """A person only at the third meeting where nothing but repetition calls for one: until then a nudge, or what is
    known. What is hard by itself is not held back."""
    if action != "expert_assistance" or judgement.occurrences >= PERSON_OCCURRENCES:
        return action
    once = replace(judgement, occurrences=1, classification=replace(judgement.classification, urgency="low"))
    if suggest(once, solution_is_certain=False) != "nudge":
        return action
    return "known_solution" if known and judgement.occurrences > 1 else "nudge"


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
    return redact(plain(text)).text


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
