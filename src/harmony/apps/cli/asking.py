"""Asking a Harmony about a failure, by hand and without a client library: filters have to start at once.

What goes out was redacted by who calls. A token goes over https only, or to this machine, and never after a redirect.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any

from harmony.adapters.terminal.plain import plain
from harmony.apps.cli import reach
from harmony.apps.cli.reach import ANSWER_LIMIT_BYTES
from harmony.kernel.errors import Invalid, Unavailable

TIMEOUT_SECONDS = 15.0
SAID_LIMIT_CHARS = 300
SOLUTIONS_SHOWN = 3


class NobodyAnswers(Unavailable):
    code = "cli.nobody_answers"
    hint = "Start Harmony here with `make up`, or name one with --url and its token in HARMONY_TOKEN."


class ReportRefused(Invalid):
    code = "cli.report_refused"
    hint = "Check the token in HARMONY_TOKEN and the space; the server's own words are in the message."


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: the token is not carried to another place."""

    def redirect_request(self, *_: Any) -> None:
        return None


def ask(body: Mapping[str, object], url: str | None, data: Path | None) -> dict[str, Any]:
    """``POST /v1/detect-problem`` at ``url``, else at the Harmony that runs on ``data``; its answer.

    Raises ``NobodyAnswers``, ``AddressRefused``, ``ReportRefused``.
    """
    found = reach.chosen(url, data).find()
    if found is None:
        raise NobodyAnswers("no Harmony runs here")
    address, token = found
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if trace := os.environ.get("TRACEPARENT"):  # tidy: ok(settings): a filter has no settings
        headers["traceparent"] = trace
    sent = json.dumps(body).encode()
    return _sent(urllib.request.Request(f"{address}/v1/detect-problem", sent, headers, method="POST"))


def _sent(request: urllib.request.Request) -> dict[str, Any]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            found = json.loads(answer.read(ANSWER_LIMIT_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            raise ReportRefused(f"Harmony refused the report ({error.code}){_why(error)}") from None
    except (OSError, HTTPException, ValueError, RecursionError):
        raise NobodyAnswers("Harmony could not be reached, or what answers is none") from None
    if not isinstance(found, dict):
        raise NobodyAnswers("what answers is no Harmony")
    return found


def _why(error: urllib.error.HTTPError) -> str:
    """The server's own words, where it has any."""
    try:
        problem = json.loads(error.read(ANSWER_LIMIT_BYTES))
    except (OSError, HTTPException, ValueError, RecursionError):
        return ""
    said = problem.get("message") if isinstance(problem, dict) else None
    return f": {_shown(said)}" if isinstance(said, str) and said else ""


def told(answer: Mapping[str, Any]) -> list[str]:
    """An answer for a person. Its words are words of others."""
    lines: list[str] = []
    found = answer.get("classification")
    if isinstance(found, dict):
        lines.append(f"looks like {_shown(found.get('category'))} / {_shown(found.get('subcategory'))}")
    lines += [f"known: {_shown(one.get('title'))}" for one in _list(answer, "knownSolutions")[:SOLUTIONS_SHOWN]]
    for quirk in _list(answer, "knownQuirks")[:1]:
        lines.append(f"known: {_shown(quirk.get('title'))}")
        remedies = quirk.get("remedy")
        lines += [f"  try: {_shown(remedy)}" for remedy in (remedies if isinstance(remedies, list) else [])[:1]]
    if action := answer.get("suggestedAction"):
        lines.append(f"next: {_shown(action)}".replace("_", " "))
    return lines


def _list(answer: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = answer.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _shown(text: object) -> str:
    return plain(str(text))[:SAID_LIMIT_CHARS]
