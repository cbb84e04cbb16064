"""What Harmony demands of a server."""

from __future__ import annotations

import asyncpg
import pytest

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.adapters.db.errors import ServerNotDurable, ServerTooOld, VectorMissing
from harmony.adapters.db.server_check import DURABILITY_SETTINGS, ServerFacts, check_server, judge
from harmony.kernel.errors import Refusal


@pytest.mark.asyncio
async def test_a_server_that_may_lose_commits_is_refused_unless_a_test_says_so(embedded: EmbeddedPostgres) -> None:
    connection = await asyncpg.connect(embedded.dsn)
    try:
        with pytest.raises(ServerNotDurable, match="fsync, full_page_writes, synchronous_commit"):
            await check_server(connection)
        await check_server(connection, durable_required=False)
    finally:
        await connection.close()


@pytest.mark.asyncio
async def test_the_embedded_server_fits_and_a_role_that_gives_up_waiting_for_the_disk_does_not(
    durable_embedded: EmbeddedPostgres,
) -> None:
    connection = await asyncpg.connect(durable_embedded.dsn)
    try:
        await check_server(connection)
        await connection.execute("SET synchronous_commit = off")
        with pytest.raises(ServerNotDurable, match=": synchronous_commit$"):
            await check_server(connection)
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (ServerFacts(159_999, True, ()), ServerTooOld),
        (ServerFacts(160_000, True, ()), None),
        (ServerFacts(180_004, False, ()), VectorMissing),
        *[(ServerFacts(180_004, True, (setting,)), ServerNotDurable) for setting in DURABILITY_SETTINGS],
    ],
)
def test_each_fact_decides_at_its_edge(facts: ServerFacts, refusal: type[Refusal] | None) -> None:
    if refusal is None:
        judge(facts, durable_required=True)
    else:
        with pytest.raises(refusal):
            judge(facts, durable_required=True)
