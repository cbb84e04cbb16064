"""A line for each answer: as other log lines read, redacted, and never more than a moment late."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from harmony.adapters.telemetry import access
from harmony.adapters.telemetry.access import AccessLog
from harmony.apps.runtime import logs

NOW = datetime(2026, 1, 1, 12, 0, 0, 5, UTC)
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure(tmp_path, to_person=False)
    yield tmp_path
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)


def written(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / logs.FILE_NAME).read_text().splitlines()]


async def test_a_line_tells_what_was_asked_and_how_it_ended(folder: Path) -> None:
    log = AccessLog("conductor")
    log.note("POST", "/queue/send", 200, TRACE, 0.0123, NOW)
    log.write()
    assert written(folder) == [
        {
            "component": "conductor",
            "method": "POST",
            "path": "/queue/send",
            "status": 200,
            "trace": TRACE,
            "milliseconds": 12.3,
            "event": "answered",
            "logger": "http",
            "level": "info",
            "timestamp": "2026-01-01T12:00:00.000005Z",
        }
    ]


async def test_what_a_stranger_wrote_is_redacted_also_when_it_is_remembered_or_long(folder: Path) -> None:
    log = AccessLog("conductor")
    secret = "AKIA" + "IOSFODNN7EXAMPLF"
    for path in (f"/x/{secret}", f"/x/{secret}", f"/{'x/' * access.REMEMBERED_LIMIT_CHARACTERS}{secret}"):
        log.note("GET", path, 404, None, 0.0, NOW)
    log.note("GET", 'a"quoted\nline\x00', 404, None, 0.0, NOW)
    log.write()
    lines = written(folder)
    assert len(lines) == 4
    assert secret not in (folder / logs.FILE_NAME).read_text()
    assert lines[3]["path"] == 'a"quoted\nline\x00'


async def test_lines_do_not_wait_once_there_are_many(folder: Path) -> None:
    log = AccessLog("conductor")
    for _ in range(access.WAITING_LIMIT_LINES - 1):
        log.note("GET", "/", 200, TRACE, 0.0, NOW)
    assert written(folder) == []
    log.note("GET", "/", 200, TRACE, 0.0, NOW)
    assert len(written(folder)) == access.WAITING_LIMIT_LINES


async def test_a_full_file_gives_way_to_a_new_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)]
    monkeypatch.setattr(handler, "maxBytes", 100)
    log = AccessLog("conductor")
    for _ in range(2):
        log.note("GET", "/", 200, TRACE, 0.0, NOW)
        log.write()
    assert len(written(folder)) == 1
    assert (folder / f"{logs.FILE_NAME}.1").exists()
