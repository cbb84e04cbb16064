"""The stage: Harmony as each person of the story reaches it, over HTTP with their own token and one trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import httpx

from harmony.adapters.http.traces import traceparent
from harmony.apps.demo.errors import StoryInterrupted, StoryWentWrong
from harmony.apps.demo.state import State
from harmony.apps.runtime.run_file import RunFile
from harmony.kernel.chance import Chance
from harmony.kernel.clock import SystemClock

OPERATOR = "operator"
PATIENCE_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 0.1
SPAN_BYTES = 8


@dataclass(frozen=True, slots=True)
class Stage:
    """What an act may use: the people's doors to Harmony, what was found before, a workspace of its own."""

    run: RunFile
    state: State
    http: httpx.Client
    clock: SystemClock
    chance: Chance
    workspace: Path
    folder: Path

    def fact(self, name: str) -> Any:
        return self.state.fact(name)

    def ask(self, who: str, method: str, path: str, body: Any = None, *, act: str | None = None) -> Any:
        """Ask as ``who``; ``act`` names the deed, so that its repetition has no second effect.

        Raises ``StoryInterrupted`` when Harmony is gone and ``StoryWentWrong`` with the words of its refusal.
        """
        answer = self._send(who, method, path, {"json": body} if body is not None else {}, act)
        return answer.json()

    def ask_if_there(self, who: str, path: str) -> Any:
        """Ask for something that may not be there yet: None while it is not."""
        try:
            return self._send(who, "GET", path, {}, None).json()
        except StoryWentWrong as refusal:
            if refusal.details.get("status") == httpx.codes.NOT_FOUND:
                return None
            raise

    def upload(self, who: str, path: str, content: bytes) -> Any:
        """Send raw bytes; the address is their hash, so a repetition has no second effect."""
        return self._send(who, "POST", path, {"content": content}, None).json()

    def until(self, look: Callable[[], Any], what: str) -> Any:
        """Look until there is something, for ``PATIENCE_SECONDS`` at most."""
        ends = self.clock.monotonic() + PATIENCE_SECONDS
        while self.clock.monotonic() < ends:
            found = look()
            if found:
                return found
            self.clock.pause(LOOK_AGAIN_SECONDS)
        raise StoryWentWrong(f"{what} did not happen within {PATIENCE_SECONDS:.0f} seconds")

    def interrupted(self, why: str) -> NoReturn:
        """A part of the story could not reach Harmony."""
        raise StoryInterrupted(f"Harmony went away in the middle of the story: {why}")

    def token(self, who: str) -> str:
        return self.run.operator_token if who == OPERATOR else str(self.fact(f"{who}_token"))

    def _send(self, who: str, method: str, path: str, content: dict[str, Any], act: str | None) -> httpx.Response:
        headers = {
            "Authorization": f"Bearer {self.token(who)}",
            "traceparent": traceparent(self.state.trace, self.chance.secret_bytes(SPAN_BYTES).hex()),
        }
        if act is not None:
            headers["Idempotency-Key"] = f"{self.state.run}/{act.replace(' ', '-')}"
        try:
            answer = self.http.request(method, path, headers=headers, **content)
        except httpx.HTTPError as error:
            raise StoryInterrupted("Harmony went away in the middle of the story") from error
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise StoryInterrupted("Harmony's store is restarting in the middle of the story")
        if answer.is_error:
            problem = answer.json()
            raise StoryWentWrong(f"{method} {path}: {problem.get('message')}", details=problem)
        return answer
