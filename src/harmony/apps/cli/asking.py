"""Asking a Harmony about a failure, by hand and without a client library: filters have to start at once.

What goes out was redacted by who calls. A token goes over https only, or to this machine, and never after a redirect.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harmony.adapters.db.default_folder import default_data_folder
from harmony.adapters.terminal.plain import plain
from harmony.apps.runtime import run_file
from harmony.kernel.errors import Invalid, Unavailable

TIMEOUT_SECONDS = 15.0
ANSWER_LIMIT_BYTES = 4 * 1024**2
SAID_LIMIT_CHARS = 300
SOLUTIONS_SHOWN = 3
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NobodyAnswers(Unavailable):
    code = "cli.nobody_answers"
    hint = "Start Harmony here with `make up`, or name one with --url and its token in HARMONY_TOKEN."


class AddressRefused(Invalid):
    code = "cli.address_unsafe"
    hint = "Give --url as https://…; plain http:// is for this machine only, since a token goes with it."


class ReportRefused(Invalid):
    code = "cli.report_refused"
    hint = "Check the token and the space, or read what the server says with `harmony report --json`."


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: the token is not carried to another place."""

    def redirect_request(self, *_: Any) -> None:
        return None


def ask(body: Mapping[str, object], url: str | None, data: Path | None) -> dict[str, Any]:
    """``POST /v1/detect-problem`` at ``url``, else at the Harmony that runs on ``data``; its answer.

    Raises ``NobodyAnswers``, ``AddressRefused``, ``ReportRefused``.
    """
    variables = os.environ  # tidy: ok(settings): a filter has no settings
    token = variables.get("HARMONY_TOKEN")
    if url is None:
        named = variables.get("HARMONY_DATA")
        folder = data or (Path(named) if named else default_data_folder(variables, os.geteuid()))
        run = run_file.read(folder)
        if run is None:
            raise NobodyAnswers("no Harmony runs here")
        url, token = run.front_door, token or run.operator_token
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if trace := variables.get("TRACEPARENT"):
        headers["traceparent"] = trace
    return _sent(urllib.request.Request(_address(url), json.dumps(body).encode(), headers, method="POST"))


def _sent(request: urllib.request.Request) -> dict[str, Any]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            found = json.loads(answer.read(ANSWER_LIMIT_BYTES))
    except urllib.error.HTTPError as error:
        with error:
            raise ReportRefused(f"Harmony refused the report ({error.code})") from None
    except (OSError, ValueError, RecursionError):
        raise NobodyAnswers("Harmony could not be reached, or what answers is none") from None
    if not isinstance(found, dict):
        raise NobodyAnswers("what answers is no Harmony")
    return found


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, user = parts.hostname, parts.username
    except ValueError:
        raise AddressRefused("--url is not an address that can be called", field="--url") from None
    if not host or user is not None or parts.scheme not in ("http", "https"):
        raise AddressRefused("--url is not an address that can be called", field="--url")
    if parts.scheme == "http" and host not in HERE:
        raise AddressRefused("a token would travel in the open", field="--url")
    return url.rstrip("/") + "/v1/detect-problem"


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
