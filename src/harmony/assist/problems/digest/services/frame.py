"""Follows the frame that a service draws around the work: which command failed where, and how the whole ended."""

from __future__ import annotations

from harmony.assist.problems.digest.model import BROKEN, CANCELLED, OK
from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.catalogue import SERVICES
from harmony.assist.problems.digest.services.service import Service

FAILED_STEPS_LIMIT = 100
COMMAND_CHARS = 300
_QUOTED = Pattern(r'The command "(?P<message>.{1,1500})" (?:failed|exited|failed and exited)')


class Frame:
    """Read only lines whose first word is in ``heads``; the rest says nothing about the frame."""

    def __init__(self) -> None:
        self.by_head: dict[str, list[Service]] = {}
        for service in SERVICES:
            for head in service.heads:
                self.by_head.setdefault(head, []).append(service)
        self.service: str | None = None
        self.command, self.command_line = "", 0
        self.failed_steps: list[tuple[int, int, str]] = []
        """First line, last line and command of every step that failed."""
        self.endings: dict[str, tuple[int, str]] = {}
        self.n_step_failed = 0

    def read(self, head: str, text: str, line: int) -> bool:
        """True when the line is of the frame, not of the work."""
        framed = False
        for service in self.by_head[head]:
            if self.service is None and service.known_by.search(text):
                self.service = service.name
            if self.service in (None, service.name):
                framed = self._of(service, text, line) or framed
        return framed

    def _of(self, service: Service, text: str, line: int) -> bool:
        if service.step and (found := service.step.match(text)):
            self.command = next((part for part in found.groups() if part), "")[:COMMAND_CHARS]
            self.command_line = line
            return True
        if service.cancelled and service.cancelled.match(text):
            return self._ended(service, CANCELLED, text, line)
        if service.step_failed and service.step_failed.match(text):
            quoted = _QUOTED.match(text)
            command = quoted["message"][:COMMAND_CHARS] if quoted else self.command
            if len(self.failed_steps) < FAILED_STEPS_LIMIT:
                self.failed_steps.append((self.command_line, line, command))
            return self._ended(service, "step failed", text, line)
        if service.failed and service.failed.match(text):
            return self._ended(service, BROKEN, text, line)
        if service.passed and service.passed.match(text):
            return self._ended(service, OK, text, line)
        return False

    def _ended(self, service: Service, ending: str, text: str, line: int) -> bool:
        self.service = self.service or service.name
        self.endings[ending] = (line, text.strip()[:COMMAND_CHARS])
        return True

    def verdict(self) -> tuple[str, str] | None:
        """Status and the line it rests on, when the service said how it ended."""
        for ending, status in ((CANCELLED, CANCELLED), (BROKEN, BROKEN), (OK, OK), ("step failed", BROKEN)):
            if ending in self.endings:
                return status, self.endings[ending][1]
        return None
