"""The running Harmony of a data folder, spoken to over HTTP with the operator's token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from harmony.apps.runtime import run_file
from harmony.apps.runtime.errors import NotRunning
from harmony.apps.runtime.run_file import RunFile
from harmony.apps.settings import Settings
from harmony.kernel.errors import Refusal

TIMEOUT_SECONDS = 30.0


class Answered(Refusal):
    """A problem document from the server, said to the person as it stands."""

    code = "cli.answered"

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("message", "the request was refused")), details=problem.get("details"))
        self.__dict__["hint"] = str(problem.get("hint", "Read the log in the data folder."))


def find(data: Path | None) -> RunFile:
    """The running Harmony of ``data`` (default: of ``make up``); raises ``NotRunning``."""
    folder = (Settings() if data is None else Settings(data=data)).data
    found = run_file.read(folder)
    if found is None:
        raise NotRunning(f"no Harmony runs on {folder}")
    return found


def ask(run: RunFile, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the front door as the operator; the JSON answer. Raises ``Answered`` with the server's own words."""
    headers = {"Authorization": f"Bearer {run.operator_token}"}
    try:
        with httpx.Client(base_url=run.front_door, timeout=TIMEOUT_SECONDS, trust_env=False) as client:
            answer = client.request(method, path, json=body, headers=headers)
    except httpx.HTTPError as error:
        raise NotRunning(f"Harmony at {run.front_door} does not answer") from error
    if answer.is_error:
        raise Answered(answer.json())
    return answer.json()
