"""Checking delivered work: scores, evidence, leases, and an honest reason where there is no score."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from tests.settlement.world import BAD, GOOD, in_state, read, told

from harmony.adapters.db.pool import Database
from harmony.kernel.clock import SystemClock, VirtualClock
from harmony.settlement.escrows import jobs as escrow_jobs
from harmony.settlement.verifiers import jobs, store
from harmony.settlement.verifiers.fakes import InMemoryRunner
from harmony.settlement.verifiers.model import (
    ATTEMPTS_LIMIT,
    EVIDENCE_LIMIT_CHARS,
    LEASE,
    MOVES,
    Case,
    CaseResult,
    Run,
    Status,
    Verification,
    judge,
    score,
)
from harmony.settlement.verifiers.service.check import check
from harmony.settlement.verifiers.service.request import find
from harmony.settlement.verifiers.service.run import SandboxRunner

MAIN = ("python", "main.py")


def case(name: str = "case", **changes: Any) -> Case:
    fields: dict[str, Any] = {"argv": MAIN, "files": {}, "stdin": "", "expected_exit": 0, "match": "none"}
    return Case(name, **(fields | {"expected_stdout": "", "weight": 1} | changes))


def result(passed: bool, weight: int = 1) -> CaseResult:
    return CaseResult("case", passed, weight, "", "")


async def requested(database: Database, content: bytes = GOOD) -> Verification:
    escrow = await in_state(database, "submitted", content=content, amount="1")
    return await again(database, str(escrow.verification_id))


async def again(database: Database, verification_id: str) -> Verification:
    async with database.reading() as connection:
        return await find(connection, verification_id)


async def take(database: Database) -> Verification | None:
    async with database.begin() as uow:
        return await store.take(uow, LEASE)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([result(True)], 100),
        ([result(False)], 0),
        ([result(True), result(True), result(False)], 66),
        ([result(True, 99), result(False, 1)], 99),
        ([result(True, 100)] * 19 + [result(False, 1)], 99),
        ([], 0),
    ],
)
def test_a_score_is_the_weighted_share_rounded_down(results: Sequence[CaseResult], expected: int) -> None:
    assert score(results) == expected


@pytest.mark.parametrize(
    ("expectation", "run", "passed"),
    [
        (case(), Run(0, b"anything", b"", None), True),
        (case(), Run(1, b"", b"", None), False),
        (case(expected_exit=2), Run(2, b"", b"", None), True),
        (case(), Run(None, b"", b"", None), False),
        (case(), Run(0, b"", b"", "time"), False),
        (case(match="exact", expected_stdout="a\n"), Run(0, b"a\n", b"", None), True),
        (case(match="exact", expected_stdout="a\n"), Run(0, b"a", b"", None), False),
        (case(match="contains", expected_stdout="b"), Run(0, b"abc", b"", None), True),
        (case(match="contains", expected_stdout="d"), Run(0, b"abc", b"", None), False),
    ],
)
def test_a_case_passes_when_exit_and_output_are_as_expected(expectation: Case, run: Run, passed: bool) -> None:
    assert judge(expectation, run, "").passed is passed


async def test_a_case_lays_its_files_over_the_delivered_ones() -> None:
    program = b"print(open('answer.txt').read())"
    cases = [case(files={"answer.txt": "42"}, match="exact", expected_stdout="42\n")]
    [found] = await check(InMemoryRunner(), program, cases)
    assert found.passed
    [found] = await check(InMemoryRunner(), program, [case(files={"main.py": "raise SystemExit(9)"}, expected_exit=9)])
    assert found.passed


async def test_evidence_is_redacted_and_bounded() -> None:
    secret = "ghp_" + "Ab3dE6gH1jK4mN7pQ0sT2vW5yZ8bC1eF4hJ7"
    program = f"print('token: {secret}')\nprint('x' * 50_000)\nprint('token: {secret}')".encode()
    [found] = await check(InMemoryRunner(), program, [case()])
    assert secret not in found.evidence and secret[:12] not in found.evidence
    assert "x" * 500 in found.evidence and len(found.evidence) <= EVIDENCE_LIMIT_CHARS + 100


async def test_a_delivery_that_cannot_be_unpacked_was_delivered_badly_and_scores_nothing(world: Database) -> None:
    found = await requested(world, b"PK\x03\x04 and then nothing")
    assert await jobs.run_pending(world, InMemoryRunner()) == 1
    ended = await again(world, found.id)
    assert (ended.status, ended.score) == ("completed", 0)
    assert "archive" in ended.results[0].reasoning


@pytest.mark.parametrize(("content", "expected"), [(GOOD, 100), (BAD, 50)])
async def test_the_delivered_program_is_really_run(world: Database, content: bytes, expected: int) -> None:
    runner = SandboxRunner(SystemClock())
    missing = await runner.unavailable()
    found = await requested(world, content)
    assert await jobs.run_pending(world, runner) == 1
    ended = await again(world, found.id)
    if missing is None:
        assert (ended.status, ended.score) == ("completed", expected)
        assert ended.results[0].evidence.startswith("stdout:")
    else:
        assert (ended.status, ended.reason) == ("failed", "isolation_unavailable")


async def test_without_isolation_there_is_no_score_and_a_reason(world: Database) -> None:
    found = await requested(world)
    await jobs.run_pending(world, InMemoryRunner(missing="no Landlock"))
    ended = await again(world, found.id)
    assert (ended.status, ended.reason, ended.score) == ("failed", "isolation_unavailable", None)
    [entry] = await told(world, "settlement.verification.")
    assert (entry.trace, entry.payload["reason"]) == (found.trace, "isolation_unavailable")


async def test_a_killed_run_is_taken_up_again_when_its_lease_is_over(world: Database, clock: VirtualClock) -> None:
    found = await requested(world)
    assert (await take(world)) is not None
    clock.advance(LEASE.total_seconds() - 1)
    assert await jobs.run_pending(world, InMemoryRunner()) == 0
    clock.advance(1)
    assert await jobs.run_pending(world, InMemoryRunner()) == 1
    ended = await again(world, found.id)
    assert (ended.status, ended.attempts) == ("completed", 2)


async def test_a_run_that_is_always_killed_fails_in_the_end(world: Database, clock: VirtualClock) -> None:
    found = await requested(world)
    for _ in range(ATTEMPTS_LIMIT):
        assert (await take(world)) is not None
        clock.advance(LEASE.total_seconds())
    assert await take(world) is None
    assert await jobs.run_pending(world, InMemoryRunner()) == 0
    ended = await again(world, found.id)
    assert (ended.status, ended.reason) == ("failed", "attempts_spent")
    assert await escrow_jobs.settle_verified(world) == 1
    assert (await read(world, found.escrow_id)).quality_score is None


async def test_a_late_result_of_a_lost_lease_changes_nothing(world: Database, clock: VirtualClock) -> None:
    found = await requested(world)
    late = await take(world)
    assert late is not None
    clock.advance(LEASE.total_seconds())
    await jobs.run_pending(world, InMemoryRunner())
    async with world.begin() as uow:
        assert not await store.complete(uow, late, 0, [result(False)])
        assert not await store.fail(uow, late, "isolation_unavailable")
    assert (await again(world, found.id)).score == 100


async def test_side_by_side_each_verification_is_run_once(world: Database) -> None:
    for _ in range(5):
        await requested(world)
    runner = InMemoryRunner()
    counts = await asyncio.gather(*(jobs.run_pending(world, runner) for _ in range(3)))
    assert sum(counts) == 5 and runner.runs == 5 * 2
    assert len(await told(world, "settlement.verification.")) == 5


@dataclass
class Inspecting:
    """A runner that looks, while it runs, whether a transaction of the job is still open."""

    database: Database
    open_transactions: int = -1

    async def unavailable(self) -> str | None:
        return None

    async def run(self, files: Mapping[str, bytes], argv: tuple[str, ...], stdin: bytes) -> Run:
        async with self.database.reading() as connection:
            self.open_transactions = await connection.fetchval(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        return Run(0, b"", b"", None)


async def test_no_transaction_is_open_while_a_program_runs(world: Database) -> None:
    await requested(world)
    runner = Inspecting(world)
    await jobs.run_pending(world, runner)
    assert runner.open_transactions == 0


@pytest.mark.parametrize(("before", "after"), list(itertools.product(MOVES, MOVES)))
async def test_a_verification_moves_only_as_listed(
    world: Database, clock: VirtualClock, before: Status, after: Status
) -> None:
    """The store is asked for every pair; it does what the list of moves says and nothing else."""
    found = await requested(world)
    taken = found
    if before != "pending":
        taken = await take(world) or found
    async with world.begin() as uow:
        if before == "completed":
            await store.complete(uow, taken, 100, [result(True)])
        elif before == "failed":
            await store.fail(uow, taken, "isolation_unavailable")
    clock.advance(LEASE.total_seconds())
    async with world.begin() as uow:
        moved: Callable[[], Awaitable[object]] = {
            "pending": _never,
            "in_progress": lambda: store.take(uow, LEASE),
            "completed": lambda: store.complete(uow, taken, 100, [result(True)]),
            "failed": lambda: store.fail(uow, taken, "attempts_spent"),
        }[after]
        assert bool(await moved()) is (after in MOVES[before])


async def _never() -> bool:
    return False
