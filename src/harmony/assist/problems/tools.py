"""Problems as tools, over JSON-RPC and MCP alike.

What a log says reaches a tool's text only as a quotation: it may have been written for whoever reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from harmony.adapters.mcp.server import Effects
from harmony.assist.problems import service
from harmony.assist.problems.classification import suggest
from harmony.assist.problems.model import Reading
from harmony.assist.problems.ports import ClassesInUse, LogReader
from harmony.assist.problems.schemas import ClassificationView, DetectionView, DetectProblem, EvidenceView
from harmony.assist.problems.taxonomy import Kinds
from harmony.assist.problems.tool_schemas import ClassifiedView, ClassifyIssue, ExtractContext, ExtractView, LookView
from harmony.assist.tool import Tool
from harmony.assist.wire import on_behalf
from harmony.commons.identity.edge import Edge

QUOTE_LIMIT_CHARS = 200
REPORT = "problems.report"

LOOKS = Effects(reads_only=True, destroys=False, repeatable=True, open_world=False)
KEEPS = Effects(reads_only=False, destroys=False, repeatable=False, open_world=False)
"""Each report is kept and counted, also the same one again."""


async def detect_problem(edge: Edge, params: DetectProblem) -> DetectionView:
    user_id = await on_behalf(edge, params.user_id)
    service.check_log(params.log)
    reading = await edge.house.port(LogReader)(params.noun())
    kinds = edge.house.port(ClassesInUse)()
    async with edge.begin() as uow:
        return DetectionView.of(await service.detect(uow, user_id, params.space_id, reading, kinds))


def detect_alone(params: DetectProblem) -> LookView:
    """Without a Harmony: judged by itself, and nothing is kept."""
    service.check_log(params.log)
    reading = service.read(params.noun())
    judgement = service.assess(reading)
    action = suggest(judgement, solution_is_certain=False)
    return LookView.of(reading, judgement, action, service.quirks_of(reading, judgement))


async def classify_issue(edge: Edge, params: ClassifyIssue) -> ClassifiedView:
    _check(params)
    return _classified(await edge.house.port(LogReader)(params.noun()), edge.house.port(ClassesInUse)())


def classify_alone(params: ClassifyIssue) -> ClassifiedView:
    _check(params)
    return _classified(service.read(params.noun()))


async def extract_context(edge: Edge, params: ExtractContext) -> ExtractView:
    service.check_log(params.log)
    reading = await edge.house.port(LogReader)(params.noun())
    return ExtractView.of(service.extract(reading, params.tail_lines))


def extract_alone(params: ExtractContext) -> ExtractView:
    service.check_log(params.log)
    return ExtractView.of(service.extract(service.read(params.noun()), params.tail_lines))


def say_detection(found: DetectionView | LookView) -> str:
    sure = f"{found.confidence_score:.0%} sure"
    if not found.problem_detected:
        return f"No problem detected ({sure}). Fingerprint {found.fingerprint}."
    known = f"{len(found.known_solutions)} known solutions" if found.known_solutions else "no solution known"
    asked = "" if isinstance(found, DetectionView) or found.harmony_asked else " (no Harmony was asked)"
    return (
        f"Problem detected ({sure}): {_kind(found.classification)}. Suggested: {found.suggested_action}; "
        f"{known}{asked}.{_first(found.evidence)}"
    )


def say_classified(found: ClassifiedView) -> str:
    return f"{_kind(found)} ({found.confidence_score:.0%} sure).{_first(found.evidence)}"


def say_extract(found: ExtractView) -> str:
    failure = found.decisive_failure
    if failure is None:
        return f"No failure found in the log. Fingerprint {found.fingerprint}."
    own = sum(not frame.library for frame in found.frames)
    where = f"line {failure.line} of the log" if failure.line else "what was reported"
    return (
        f"The decisive failure is in {where}, with {own} own frames and {len(found.frames) - own} of libraries. "
        f"Quoted: {_quoted(failure.text)}"
    )


def _check(params: ClassifyIssue) -> None:
    service.check_something(params.text, params.recent_errors)
    service.check_log(params.text, field="text")


def _classified(reading: Reading, kinds: Kinds | None = None) -> ClassifiedView:
    return ClassifiedView.of(reading, service.assess(reading, kinds))


def _kind(found: ClassificationView | ClassifiedView) -> str:
    return f"{found.category} / {found.subcategory}, complexity {found.complexity}, urgency {found.urgency}"


def _first(evidence: Iterable[EvidenceView]) -> str:
    """The first piece of evidence, quoted."""
    found = next(iter(evidence), None)
    return f" Quoted, {found.reason}: {_quoted(found.text)}" if found else ""


def _quoted(text: str) -> str:
    """On one line, between quotation marks that it cannot close, without what a terminal would obey."""
    shown = "".join(character if character.isprintable() else " " for character in text[:QUOTE_LIMIT_CHARS])
    return json.dumps(shown, ensure_ascii=False)


DETECT_PROBLEM = Tool(
    name="detectProblem",
    title="Report a failure and learn what is known about it",
    description=(
        "Reports that you are stuck: reads the log and the recent errors, counts how often this failure came back, "
        "looks for solutions that are known already, and says what to do next. Keeps the report, redacted, under "
        "contextId, with which help can be asked for."
    ),
    permission=REPORT,
    params=DetectProblem,
    result=DetectionView,
    effects=KEEPS,
    run=detect_problem,
    say=say_detection,
)
CLASSIFY_ISSUE = Tool(
    name="classifyIssue",
    title="Name the kind of a failure",
    description=(
        "Says what kind of failure a text or recent errors show: category, subcategory, complexity, urgency, how sure "
        "that is, and the lines it was read from. Keeps nothing."
    ),
    permission=REPORT,
    params=ClassifyIssue,
    result=ClassifiedView,
    effects=LOOKS,
    run=classify_issue,
    say=say_classified,
    alone=classify_alone,
)
EXTRACT_CONTEXT = Tool(
    name="extractContext",
    title="Find the decisive failure in a log",
    description=(
        "Takes out of a log what somebody who is to help needs: the failure that decided the outcome, its stack with "
        "own code and libraries told apart, the environment as far as the log tells it, the redacted end of the log, "
        "and the fingerprint by which the same failure is known again. Keeps nothing."
    ),
    permission=REPORT,
    params=ExtractContext,
    result=ExtractView,
    effects=LOOKS,
    run=extract_context,
    say=say_extract,
    alone=extract_alone,
)
TOOLS = (DETECT_PROBLEM, CLASSIFY_ISSUE, EXTRACT_CONTEXT)

DETECT_ANYWHERE = replace(
    DETECT_PROBLEM,
    description=(
        "Judges whether you are stuck from the log and the recent errors, and says what to do next. Where a Harmony "
        "runs, the report is sent to it, redacted first, and kept there; it answers with the solutions that it knows. "
        "Otherwise nothing leaves this process and nothing is kept (harmonyAsked is false)."
    ),
    result=LookView,
    alone=detect_alone,
)
"""As `harmony mcp` serves it, where a Harmony may run or not."""
