"""The log of answered requests: a line costs microseconds, and many are written at once.

A request's line goes through none of the machinery of other lines: of its fields only method and path can hold what a
stranger wrote, and their redacted forms are remembered. Lines wait up to ``WAIT_SECONDS`` for others; who kills the
process takes those of the last moment with it, never anything that was promised.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from harmony.kernel.redaction.service import redact_value

WAIT_SECONDS = 0.1
WAITING_LIMIT_LINES = 500
REMEMBERED_LIMIT_TEXTS = 2_048
REMEMBERED_LIMIT_CHARACTERS = 256
"""Longer texts are redacted each time: what is remembered stays below a megabyte."""
LINES = "lines"
"""The attribute of a log record that brings finished lines; its message is empty."""
_LOGGER = logging.getLogger("http")


class AccessLog:
    """Gathers the lines of one component's answers."""

    def __init__(self, component: str) -> None:
        self._component = json.dumps(component)
        self._lines: list[str] = []
        self._due: asyncio.TimerHandle | None = None

    def note(self, method: str, path: str, status: int, trace: str | None, seconds: float, now: datetime) -> None:
        """``trace``: 32 hex digits; ``now``: UTC."""
        if not _LOGGER.isEnabledFor(logging.INFO):
            return
        self._lines.append(
            f'{{"component": {self._component}, "method": {shown("method", method)}, "path": {shown("path", path)}, '
            f'"status": {status}, "trace": {_quoted(trace)}, "milliseconds": {seconds * 1000:.1f}, '
            f'"event": "answered", "logger": "http", "level": "info", "timestamp": "{now.isoformat()[:-6]}Z"}}'
        )
        if len(self._lines) >= WAITING_LIMIT_LINES:
            self.write()
        elif self._due is None:
            self._due = asyncio.get_running_loop().call_later(WAIT_SECONDS, self.write)

    def write(self) -> None:
        """Hand over what waits."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        lines, self._lines = self._lines, []
        if lines:
            _LOGGER.info("", extra={LINES: lines})


def lines_of(record: logging.LogRecord) -> Sequence[str] | None:
    """The finished lines that ``record`` brings; None for any other record."""
    found: Sequence[str] | None = getattr(record, LINES, None)
    return found


def shown(field: str, text: str) -> str:
    """``text`` as JSON, redacted as the value of ``field``."""
    return _remembered(field, text) if len(text) <= REMEMBERED_LIMIT_CHARACTERS else _redacted(field, text)


def _redacted(field: str, text: str) -> str:
    found = redact_value({field: text})
    assert isinstance(found, dict), "redaction keeps the shape of what it is given"
    return json.dumps(found[field])


_remembered = lru_cache(REMEMBERED_LIMIT_TEXTS)(_redacted)


def _quoted(trace: str | None) -> str:
    """A trace id is hex digits or none."""
    return "null" if trace is None else f'"{trace}"'
