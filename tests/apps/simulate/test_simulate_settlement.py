"""Money on a chain under seeded misfortune: nothing is lost or doubled, at rest the ledger equals the chain."""

from __future__ import annotations

import pytest

from harmony.apps.simulate.worlds import simulate


@pytest.mark.parametrize("seed", range(1, 3))
async def test_ledger_and_chain_agree_at_rest_whatever_happens(dsn: str, seed: int) -> None:
    report = await simulate(dsn, "settlement", seed, 300)
    assert report.violation is None, report
    assert report.entries > 10


async def test_the_same_seed_moves_the_same_money(dsn: str, twin_dsn: str) -> None:
    first, second = [await simulate(one, "settlement", 7, 100) for one in (dsn, twin_dsn)]
    assert first == second


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 1_100))
async def test_ledger_and_chain_agree_at_rest_for_long(dsn: str, seed: int) -> None:
    report = await simulate(dsn, "settlement", seed, 1_000)
    assert report.violation is None, report
