"""``harmony mcp``: Harmony's tools for an agent, over standard input and output.

classifyIssue and extractContext never leave this process. detectProblem asks the Harmony that runs here, or the one at
``--url``, with everything redacted first; where none runs it judges by itself. Standard output is the protocol's alone.
"""

from __future__ import annotations

import argparse
import ipaddress
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
import httpx
from pydantic import BaseModel, ValidationError

from harmony.adapters.mcp import stdio
from harmony.adapters.mcp.server import Answer, Served
from harmony.apps.cli.running import Answered
from harmony.apps.cli.screen import REFUSED, say_refusal
from harmony.apps.runtime import logs, run_file
from harmony.apps.runtime.errors import NotRunning
from harmony.apps.settings import chosen
from harmony.assist.mcp import answer, serving
from harmony.assist.problems.plain import plain
from harmony.assist.problems.schemas import DetectionView, DetectProblem
from harmony.assist.problems.tool_schemas import LookView
from harmony.assist.problems.tools import CLASSIFY_ISSUE, DETECT_ANYWHERE, EXTRACT_CONTEXT
from harmony.kernel.errors import Invalid, Unavailable
from harmony.kernel.redaction.service import redact
from harmony.kernel.redaction.session import Session

TIMEOUT_SECONDS = 60.0
"""Longer than a server may read a log (``WORK_LIMIT_SECONDS``)."""
TOOLS = {tool.name: tool for tool in (DETECT_ANYWHERE, CLASSIFY_ISSUE, EXTRACT_CONTEXT)}

HELP = """\
Serve detectProblem, classifyIssue and extractContext to an agent over standard input and output (MCP).

  claude mcp add harmony -- harmony mcp
  HARMONY_TOKEN=… harmony mcp --url https://harmony.example

Without --url the Harmony that runs here is asked for known solutions, if one runs.
All that is sent is redacted first."""


class AddressRefused(Invalid):
    code = "cli.address_refused"
    hint = "Give --url as https://…; plain http:// is for this machine only, since a token goes with it."


class AnswerUnreadable(Unavailable):
    code = "cli.answer_unreadable"
    hint = "Check that --url names a Harmony, of this version or a later one of the same interface."


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a Harmony may be: at ``url``, else where the run file of ``data`` says."""

    url: str | None
    data: Path
    token: str | None

    def find(self) -> tuple[str, str | None] | None:
        """Address and token; None when no Harmony is named and none runs. Looked up each time: it may come and go."""
        if self.url is not None:
            return self.url, self.token
        run = run_file.read(self.data)
        return None if run is None else (run.front_door, self.token or run.operator_token)


def main(arguments: list[str]) -> int:
    """Serve until standard input ends; what is logged goes to standard error."""
    parser = argparse.ArgumentParser(
        prog="harmony mcp", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="the address of a Harmony; its token in HARMONY_TOKEN")
    parser.add_argument("--data", type=Path, help="the data folder of the Harmony that runs here")
    options = parser.parse_args(arguments)
    settings = chosen(options.data)
    token = settings.token.get_secret_value() if settings.token else None
    try:
        reach = Reach(options.url and _address(options.url), settings.data, token)
    except AddressRefused as refusal:
        say_refusal(refusal)
        return REFUSED
    logs.configure_person()
    # The reader of standard input cannot be interrupted; nothing is kept here, so a signal may end it at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    anyio.run(stdio.serve, server(reach))
    return 0


def server(reach: Reach) -> Served:
    """The tools as this process serves them."""

    async def call(name: str, arguments: Mapping[str, Any], _: Mapping[str, Any]) -> Answer:
        tool = TOOLS[name]

        async def run(params: Any) -> BaseModel:
            if isinstance(params, DetectProblem) and (asked := await _ask(reach, params)) is not None:
                return asked
            assert tool.alone is not None, "every tool of this table works without a server"
            return await anyio.to_thread.run_sync(tool.alone, params, abandon_on_cancel=True)

        return await answer(tool, arguments, run)

    return serving(TOOLS.values(), call)


async def _ask(reach: Reach, params: DetectProblem) -> LookView | None:
    """What a Harmony answers; None when none was named and none answers here."""
    found = reach.find()
    if found is None:
        return None
    url, token = found
    body = await anyio.to_thread.run_sync(redacted, params, abandon_on_cancel=True)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
            answered = await client.post(f"{url}/v1/detect-problem", json=body, headers=headers)
    except httpx.HTTPError as error:
        if reach.url is None:
            return None
        raise NotRunning("the Harmony at --url does not answer") from error
    return _read(answered)


def _read(answered: httpx.Response) -> LookView:
    try:
        if answered.is_success:
            return LookView.of_answer(DetectionView.model_validate_json(answered.content))
        problem = answered.json()
    except (ValueError, ValidationError) as error:
        raise AnswerUnreadable(f"what answers there ({answered.status_code}) does not read like Harmony") from error
    if not isinstance(problem, dict):
        raise AnswerUnreadable(f"what answers there ({answered.status_code}) does not read like Harmony")
    raise Answered(problem)


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


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.username is not None or parts.hostname is None:
        raise AddressRefused("--url is not an address that can be called", field="--url")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname)):
        raise AddressRefused("a token would travel in the open", field="--url")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
