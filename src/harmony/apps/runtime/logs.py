"""Structured logs: one JSON object a line in the data folder, warnings for the person on standard error."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from harmony.kernel.redaction.service import redact_value

FILE_NAME = "harmony.log"
FILE_LIMIT_BYTES = 20 * 1024 * 1024
FILES_KEPT = 3


def configure(folder: Path, *, to_person: bool) -> None:
    """Write logs to ``folder``; with ``to_person`` also warnings to standard error. Secrets are redacted first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / FILE_NAME, maxBytes=FILE_LIMIT_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
    )
    file.setFormatter(_formatter(structlog.processors.JSONRenderer()))
    handlers: list[logging.Handler] = [file]
    if to_person:
        handlers.append(_to_person())
    _log_to(handlers)


def configure_person() -> None:
    """Errors to standard error and nothing to a file: for commands whose standard output is a protocol."""
    _log_to([_to_person()])


def _to_person() -> logging.Handler:
    person = logging.StreamHandler(sys.stderr)
    person.setLevel(logging.ERROR)
    person.setFormatter(_formatter(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())))
    return person


def _log_to(handlers: Sequence[logging.Handler]) -> None:
    logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)
    for talkative in ("httpx", "mcp"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _redacted(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    found = redact_value(dict(event))
    assert isinstance(found, dict), "redaction keeps the shape of what it is given"
    return found


_SHARED: list[Callable[..., Any]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _formatter(renderer: Callable[..., Any]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.processors.format_exc_info,
            _redacted,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            renderer,
        ],
    )
