"""``harmony mcp``: Harmony's tools for an agent, over standard input and output.

classifyIssue and extractContext never leave this process. detectProblem asks the Harmony that runs here, or the one at
``--url``, with everything redacted first; where none runs it judges by itself. reportActivity needs one: what a run has
done is kept there. Standard output is the protocol's alone.
"""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import httpx
from pydantic import BaseModel

from harmony.adapters.mcp import stdio
from harmony.adapters.mcp.server import Answer, Served
from harmony.apps.cli import reach
from harmony.apps.cli.reach import ANSWER_LIMIT_BYTES, AddressRefused, Reach
from harmony.apps.cli.running import Answered
from harmony.apps.cli.screen import REFUSED, say_refusal
from harmony.apps.runtime import logs
from harmony.apps.runtime.errors import NotRunning
from harmony.assist.mcp import answer, serving
from harmony.assist.problems.plain import plain
from harmony.assist.problems.schemas import DetectionView, DetectProblem
from harmony.assist.problems.stuck.model import Event
from harmony.assist.problems.tool_schemas import LookView
from harmony.assist.problems.tools import CLASSIFY_ISSUE, DETECT_ANYWHERE, EXTRACT_CONTEXT
from harmony.assist.problems.watching import runs
from harmony.assist.problems.watching.schemas import ActivityView, ReportActivity
from harmony.assist.problems.watching.tools import REPORT_ELSEWHERE
from harmony.kernel.errors import Unavailable
from harmony.kernel.redaction.service import redact
from harmony.kernel.redaction.session import Session

TIMEOUT_SECONDS = 60.0
"""Longer than a server may read a log (``WORK_LIMIT_SECONDS``)."""
TOOLS = {tool.name: tool for tool in (DETECT_ANYWHERE, CLASSIFY_ISSUE, EXTRACT_CONTEXT, REPORT_ELSEWHERE)}

HELP = """\
Serve detectProblem, classifyIssue, extractContext and reportActivity to an agent over standard input and output (MCP).

  claude mcp add harmony -- harmony mcp
  HARMONY_TOKEN=… harmony mcp --url https://harmony.example

Without --url the Harmony that runs here is asked for known solutions, if one runs; reportActivity needs one.
Every text that is sent is redacted first."""


View = TypeVar("View", bound=BaseModel)


class AnswerUnreadable(Unavailable):
    code = "cli.answer_unreadable"
    hint = "Check that --url names a Harmony, of this version or a later one of the same interface."


def main(arguments: list[str]) -> int:
    """Serve until standard input ends; what is logged goes to standard error."""
    parser = argparse.ArgumentParser(
        prog="harmony mcp", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="the address of a Harmony; its token in HARMONY_TOKEN")
    parser.add_argument("--data", type=Path, help="the data folder of the Harmony that runs here")
    options = parser.parse_args(arguments)
    try:
        found = reach.chosen(options.url, options.data)
    except AddressRefused as refusal:
        say_refusal(refusal)
        return REFUSED
    logs.configure_person()
    # The reader of standard input cannot be interrupted; nothing is kept here, so a signal may end it at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    anyio.run(stdio.serve, server(found))
    return 0


def server(harmony: Reach) -> Served:
    """The tools as this process serves them."""

    async def call(name: str, arguments: Mapping[str, Any], _: Mapping[str, Any]) -> Answer:
        tool = TOOLS[name]

        async def run(params: Any) -> BaseModel:
            if isinstance(params, ReportActivity):
                return await _watched(harmony, params)
            if isinstance(params, DetectProblem) and (asked := await _ask(harmony, params)) is not None:
                return asked
            assert tool.alone is not None, "every other tool of this table works without a server"
            return await anyio.to_thread.run_sync(tool.alone, params, abandon_on_cancel=True)

        return await answer(tool, arguments, run)

    return serving(TOOLS.values(), call)


async def _ask(harmony: Reach, params: DetectProblem) -> LookView | None:
    """What a Harmony answers; None when none was named and none answers here."""
    if harmony.find() is None:
        return None
    body = await anyio.to_thread.run_sync(redacted, params, abandon_on_cancel=True)
    try:
        answered = await _posted(harmony, "/v1/detect-problem", body)
    except NotRunning:
        if harmony.url is None:
            return None
        raise
    return LookView.of_answer(_read(DetectionView, *answered))


async def _watched(harmony: Reach, params: ReportActivity) -> ActivityView:
    """What a Harmony makes of the events; refused when none answers."""
    body = await anyio.to_thread.run_sync(activity, params, abandon_on_cancel=True)
    return _read(ActivityView, *await _posted(harmony, "/v1/activity", body))


async def _posted(harmony: Reach, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
    """Status and content of the answer; raises ``NotRunning``, ``AnswerUnreadable`` beyond ``ANSWER_LIMIT_BYTES``."""
    found = harmony.find()
    if found is None:
        raise NotRunning("no Harmony runs here")
    url, token = found
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = b""
    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client,
            client.stream("POST", f"{url}{path}", json=body, headers=headers) as answered,
        ):
            async for piece in answered.aiter_bytes():
                content += piece
                if len(content) > ANSWER_LIMIT_BYTES:
                    raise AnswerUnreadable(f"what answers there says more than {ANSWER_LIMIT_BYTES} bytes")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        named = "the Harmony at --url" if harmony.url else "the Harmony that runs here"
        raise NotRunning(f"{named} does not answer") from error
    return answered.status_code, content


def _read(view: type[View], status: int, content: bytes) -> View:
    """The answer in its shape; what a later version says beyond it is passed over."""
    try:
        if 200 <= status < 300:
            return view.model_validate_json(content, extra="ignore")
        problem = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AnswerUnreadable(f"what answers there ({status}) does not read like Harmony") from error
    if not isinstance(problem, dict):
        raise AnswerUnreadable(f"what answers there ({status}) does not read like Harmony")
    raise Answered(problem)


def activity(params: ReportActivity) -> dict[str, Any]:
    """The events as they may leave: read as the server reads them, every text redacted. The agent's own names for the
    run and its events stay as they are, so that what is sent again is known again."""
    events = tuple(event.noun() for event in params.events)
    runs.check_size(events)
    told = [
        {"eventId": given.event_id, **_event(event)}
        for given, event in zip(params.events, runs.cleaned(events), strict=True)
    ]
    return {"source": "agent", "runId": params.run_id, "events": told}


def _event(event: Event) -> dict[str, Any]:
    """On the wire; what the source does not say is left out."""
    said = {"role": str(event.role), "text": event.text, "tool": event.tool, "args": event.args, "name": event.name}
    return said if event.error is None else {**said, "error": event.error}


def redacted(params: DetectProblem) -> dict[str, Any]:
    """The report as it may leave: every text redacted, one numbering of placeholders through all of them."""
    session = Session()
    body = params.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: _clean(value, session) for name, value in body.items()}


def _clean(value: Any, session: Session) -> Any:
    if isinstance(value, dict):
        return {name: _clean(item, session) for name, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, session) for item in value]
    if not isinstance(value, str) or not value:
        return value
    # A placeholder may be longer than what it hides; the end of a text that has grown is kept, within its limits.
    return redact(plain(value), session).text[-len(value) :]
