"""kill -9 of the main process or of PostgreSQL at any step: going on ends in the same state, all payments made once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tests import harmony as houses
from tests.postgres import reachable_folder

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.apps.runtime import run_file
from harmony.kernel.clock import SystemClock

STORY_LIMIT_SECONDS = 300
RESUMES_LIMIT = 5
STEPS = 6

# What the story comes to, whoever its people are: states and sums, no ids.
FINAL_STATE = {
    "escrows": "SELECT status, amount_usdc, quality_score FROM harmony_escrows",
    "balances": """
        SELECT asset, split_part(code, ':', 1), credits_posted - debits_posted, debits_pending + credits_pending
        FROM ledger_accounts
    """,
    "transfers": "SELECT purpose, kind, amount, count(*) FROM ledger_transfers GROUP BY purpose, kind, amount",
    "sealed": "SELECT count(*) = (SELECT count(*) FROM ledger_transfers) FROM ledger_seals",
    "verifications": "SELECT status, overall_score FROM harmony_verifications",
    "articles": "SELECT status, count(*) FROM knowledge_articles GROUP BY status",
    "contributions": "SELECT state, score, rating, amount_minor, points_minor FROM contributions",
    "reputation": "SELECT points_minor FROM reputation_entries",
    "requests": "SELECT state FROM help_requests",
    "offers": "SELECT state FROM help_offers",
    "sessions": "SELECT state, rating FROM help_sessions",
    "messages": "SELECT count(*) FROM session_messages",
    "shares": "SELECT count(*) FROM session_shares",
    "notifications": "SELECT kind, count(*) FROM notifications WHERE kind NOT LIKE 'alert.%' GROUP BY kind",
}


@pytest.fixture
def data() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "data"


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, Any]:
    """The final state of a story that nobody interrupts."""
    with reachable_folder() as folder:
        told = houses.demo(folder / "data", houses.free_offset())
        output, errors = told.communicate(timeout=STORY_LIMIT_SECONDS)
        assert houses.summary(output)["outcome"] == "told", output.decode() + errors.decode()
        return final_state(folder / "data")


@pytest.mark.parametrize("victim", ["main process", "PostgreSQL"])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_a_kill_at_any_step_changes_nothing_in_the_end(
    data: Path, undisturbed: dict[str, Any], step: int, victim: str
) -> None:
    offset = houses.free_offset()
    first = houses.demo(data, offset)
    kill_at(first, step, data, victim)
    outcome = end_of(first)
    for _ in range(RESUMES_LIMIT):
        if outcome in ("told", "nothing to resume"):
            break
        assert outcome == "interrupted"
        outcome = end_of(houses.demo(data, offset, "--resume"))
    assert outcome in ("told", "nothing to resume")
    assert final_state(data) == undisturbed


def test_nothing_to_resume_is_said_and_is_no_error(data: Path) -> None:
    told = houses.demo(data, houses.free_offset(), "--resume")
    output, _ = told.communicate(timeout=STORY_LIMIT_SECONDS)
    assert told.returncode == 0
    assert houses.summary(output)["outcome"] == "nothing to resume"


def kill_at(story: subprocess.Popen[bytes], step: int, data: Path, victim: str) -> None:
    """Kill the victim as soon as the story says that it is at ``step``."""
    assert story.stdout is not None
    told = []
    for line in story.stdout:
        told.append(line)
        event = json.loads(line)
        if event.get("event") == "step" and event["step"] == step:
            os.kill(process_of(victim, data), signal.SIGKILL)
            return
    raise AssertionError(b"the story ended before the step: " + b"".join(told))


def process_of(victim: str, data: Path) -> int:
    if victim == "main process":
        run = run_file.read(data)
        assert run is not None
        return run.process
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def end_of(story: subprocess.Popen[bytes]) -> str:
    output, errors = story.communicate(timeout=STORY_LIMIT_SECONDS)
    outcome = str(houses.summary(output)["outcome"])
    assert outcome != "went wrong", output.decode() + errors.decode()
    return outcome


def final_state(data: Path) -> dict[str, Any]:
    """What stands in the store once Harmony has ended."""

    async def read() -> dict[str, Any]:
        server = await EmbeddedPostgres.start(data, progress=lambda _: None, clock=SystemClock())
        try:
            connection = await asyncpg.connect(server.dsn)
            found = {name: sorted(map(tuple, await connection.fetch(query))) for name, query in FINAL_STATE.items()}
            await connection.close()
            return found
        finally:
            await server.stop()

    return asyncio.run(read())
