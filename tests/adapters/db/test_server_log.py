"""The server's log: bounded on disk, its end at hand."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from harmony.adapters.db.server_log import LOG_FILE, OLD_LOG_FILE, TAIL_LINES, ServerLog

LIMIT_BYTES = 100
LINE = b"123456789\n"


def write(log: ServerLog, data: bytes) -> None:
    with os.fdopen(log.open(), "wb") as pipe:
        pipe.write(data)
    assert log.settle(10)


@pytest.mark.parametrize(("lines", "in_new", "in_old"), [(10, 10, 0), (11, 1, 10), (20, 10, 10), (35, 5, 10)])
def test_a_full_file_becomes_the_old_one_and_the_old_one_is_given_up(
    tmp_path: Path, lines: int, in_new: int, in_old: int
) -> None:
    write(ServerLog(tmp_path, LIMIT_BYTES), LINE * lines)
    sizes = {path.name: path.stat().st_size // len(LINE) for path in tmp_path.iterdir()}
    assert sizes.get(LOG_FILE, 0) == in_new
    assert sizes.get(OLD_LOG_FILE, 0) == in_old


def test_a_new_start_continues_the_file_and_counts_what_is_in_it(tmp_path: Path) -> None:
    for _ in range(2):
        write(ServerLog(tmp_path, LIMIT_BYTES), LINE * 6)
    assert (tmp_path / OLD_LOG_FILE).stat().st_size == LIMIT_BYTES
    assert (tmp_path / LOG_FILE).stat().st_size == 2 * len(LINE)


def test_the_last_lines_are_at_hand(tmp_path: Path) -> None:
    log = ServerLog(tmp_path)
    write(log, b"".join(b"line %d\n" % number for number in range(100)))
    assert log.last_line() == "line 99"
    assert log.tail().split("\n") == [f"line {number}" for number in range(100 - TAIL_LINES, 100)]


def test_the_log_is_its_owners_alone(tmp_path: Path) -> None:
    write(ServerLog(tmp_path), LINE)
    assert stat.S_IMODE((tmp_path / LOG_FILE).stat().st_mode) == 0o600


def test_what_writes_is_never_blocked_or_broken_by_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).mkdir()
    log = ServerLog(tmp_path)
    write(log, LINE * 20_000)
    assert log.last_line() == LINE.decode().strip()
