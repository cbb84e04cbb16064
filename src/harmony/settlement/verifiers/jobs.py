"""The job that checks: commit the intent, run outside any transaction, commit the result."""

from __future__ import annotations

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.messages.settlement import VerificationFinished
from harmony.settlement.verifiers import store
from harmony.settlement.verifiers.errors import RunnerUnavailable
from harmony.settlement.verifiers.model import LEASE, CaseResult, Reason, Verification, score
from harmony.settlement.verifiers.ports import ProgramRunner
from harmony.settlement.verifiers.service.check import check

RUNS_LIMIT = 20
"""Verifications that one call checks at most."""


async def run_pending(database: Database, runner: ProgramRunner) -> int:
    """Check what waits to be checked, oldest first; how many were ended. Safe to run side by side.

    A run that is killed is taken up again when its lease is over, at most ``ATTEMPTS_LIMIT`` times; then it fails.
    """
    await _give_up(database)
    for count in range(RUNS_LIMIT):
        async with database.begin() as uow:
            taken = await store.take(uow, LEASE)
        if taken is None:
            return count
        await _run(database, runner, taken)
    return RUNS_LIMIT


async def _run(database: Database, runner: ProgramRunner, taken: Verification) -> None:
    async with database.reading() as connection:
        content = await store.content(connection, taken.deliverable_hash)
    assert content is not None, "a verification is requested for content that is kept here"
    try:
        missing = await runner.unavailable()
        if missing is not None:
            raise RunnerUnavailable(missing)
        results = await check(runner, content, taken.cases)
    except RunnerUnavailable:
        async with database.begin(trace=taken.trace) as uow:
            if await store.fail(uow, taken, "isolation_unavailable"):
                await _tell_failed(uow, taken, "isolation_unavailable")
        return
    async with database.begin(trace=taken.trace) as uow:
        await _keep(uow, taken, results)


async def _keep(uow: UnitOfWork, taken: Verification, results: list[CaseResult]) -> None:
    reached = score(results)
    if await store.complete(uow, taken, reached, results):
        message = VerificationFinished(taken.id, taken.escrow_id, "completed", reached, None)
        await append(uow, message, subject=taken.id)


async def _give_up(database: Database) -> None:
    """Fail what was begun as often as it may be."""
    while True:
        async with database.begin() as uow:
            given_up = await store.give_up(uow)
            if given_up is None:
                return
            uow.trace = given_up.trace
            await _tell_failed(uow, given_up, "attempts_spent")


async def _tell_failed(uow: UnitOfWork, verification: Verification, reason: Reason) -> None:
    message = VerificationFinished(verification.id, verification.escrow_id, "failed", None, reason)
    await append(uow, message, subject=verification.id)
