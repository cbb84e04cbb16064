"""The ledger through the wire: one's own balance, practice money from an administrator, the proof."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal

import httpx
import pytest
import pytest_asyncio
from tests.settlement.world import ADA, BO, CORA, ROOT, application, bearer

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.settlement.ledger import jobs, routes, schemas
from harmony.settlement.ledger.fakes import InMemorySigner

BASE = "/api/v1/harmony/ledger"
Wired = tuple[httpx.AsyncClient, House]


@pytest_asyncio.fixture
async def wired(world: Database) -> AsyncIterator[Wired]:
    app, house = await application(world)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://harmony.test") as client:
        yield client, house


async def get(wired: Wired, who: Principal, path: str) -> httpx.Response:
    client, house = wired
    return await client.get(BASE + path, headers=bearer(house, who))


async def grant(wired: Wired, who: Principal, body: object, key: str = "k") -> httpx.Response:
    client, house = wired
    return await client.post(f"{BASE}/grant", json=body, headers=bearer(house, who) | {"Idempotency-Key": key})


async def test_a_balance_is_ones_own_and_an_administrator_may_see_anothers(wired: Wired) -> None:
    assert (await get(wired, ADA, "/balance")).json()["balances"][0]["available"] == "1000.000000"
    assert (await get(wired, BO, "/balance")).json() == {
        "principal": BO.id, "account": f"principal:{BO.id}:available", "balances": []
    }  # fmt: skip
    refused = await get(wired, BO, f"/balance?principal={ADA.id}")
    assert (refused.status_code, refused.json()["code"]) == (403, "ledger.balance_hidden")
    assert (await get(wired, ROOT, f"/balance?principal={ADA.id}")).json()["principal"] == ADA.id
    assert (await get(wired, ROOT, "/balance?principal=a%00b")).status_code == 422


async def test_an_administrator_grants_practice_money_once_a_key(wired: Wired) -> None:
    body = {"principal": BO.id, "amount_usdc": 12.5}
    first, again = await grant(wired, ROOT, body), await grant(wired, ROOT, body)
    assert (first.status_code, first.json()["amount_usdc"], first.json()["asset"]) == (
        201,
        "12.500000",
        "practice-USDC",
    )
    assert again.json() == first.json()
    assert (await get(wired, BO, "/balance")).json()["balances"][0]["available"] == "12.500000"


@pytest.mark.parametrize("who", [ADA, BO, CORA])
async def test_nobody_else_grants(wired: Wired, who: Principal) -> None:
    assert (await grant(wired, who, {"principal": who.id, "amount_usdc": "1"})).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"principal": "nobody", "amount_usdc": "1"}, 404),
        ({"principal": BO.id, "amount_usdc": "0"}, 422),
        ({"principal": BO.id, "amount_usdc": "-1"}, 422),
        ({"principal": BO.id, "amount_usdc": "1000000.000001"}, 422),
        ({"principal": BO.id, "amount_usdc": "1000000"}, 201),
        ({"principal": BO.id}, 422),
        ({"principal": BO.id, "amount_usdc": "1", "asset": "USDC"}, 422),
    ],
)
async def test_a_grant_has_bounds(wired: Wired, body: object, status: int) -> None:
    assert (await grant(wired, ROOT, body)).status_code == status


async def test_the_proof_is_for_those_who_may_prove(wired: Wired, world: Database) -> None:
    await jobs.seal(world)
    found = (await get(wired, CORA, "/proof")).json()
    assert (found["ok"], found["last_seal"], found["unsealed"], found["faults"]) == (True, 2, 0, [])
    assert found["totals"][0]["debits_posted"] == found["totals"][0]["credits_posted"] == "2000.000000"
    assert (await get(wired, ADA, "/proof")).status_code == 403


def test_every_route_names_its_permission() -> None:
    assert unguarded(routes.router.routes) == []
    assert None not in guards(routes.router.routes).values()


@pytest.mark.parametrize("text", ["1e99999999", "-1e99999999", "1e-99999999", "1e9999999999999999999999", "0e99999999"])
def test_a_short_number_of_a_hundred_million_digits_is_never_written_out(text: str) -> None:
    """As a Decimal it would be, by any field that takes whole numbers."""
    assert isinstance(schemas.exact_number(text), float)


@pytest.mark.parametrize("text", ["20.000001", "1E+2", "0.1", "1e-6", "99999999999999999999.123456"])
def test_a_number_that_can_be_money_keeps_every_digit(text: str) -> None:
    assert schemas.exact_number(text) == Decimal(text)


async def test_a_statement_pages_through_ones_own_account(wired: Wired, world: Database) -> None:
    for number in range(3):
        await grant(wired, ROOT, {"principal": ADA.id, "amount_usdc": "1"}, key=f"k{number}")
    await jobs.seal(world)
    first = (await get(wired, ADA, "/statement?limit=3")).json()
    second = (await get(wired, ADA, f"/statement?limit=3&cursor={first['next_cursor']}")).json()
    assert [entry["moved"] for entry in first["entries"] + second["entries"]] == ["1000.000000"] + ["1.000000"] * 3
    assert (first["opening"], second["closing"], second["next_cursor"]) == ("0.000000", "1003.000000", None)
    assert (await get(wired, BO, f"/statement?principal={ADA.id}")).json()["code"] == "ledger.balance_hidden"
    assert (await get(wired, ADA, "/balance?revision=1")).json()["balances"][0]["available"] == "1000.000000"


@pytest.mark.parametrize(
    "query",
    ["revision=99", "revision=-1", "limit=0", "limit=201", "cursor=!", "cursor=IjEuMSI9", "asset=USD",
     "since=2026-01-01T00:00:00", "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z"],
)  # fmt: skip
async def test_a_statement_that_cannot_be_is_refused_by_name(wired: Wired, query: str) -> None:
    refused = await get(wired, ADA, f"/statement?{query}")
    assert refused.status_code == 422 and refused.json()["details"]["field"].removeprefix("query.") in query


async def test_an_export_is_an_administrators_and_streams(wired: Wired, world: Database) -> None:
    await jobs.seal(world)
    assert (await get(wired, CORA, "/export")).status_code == 403
    lines = await get(wired, ROOT, "/export")
    assert (lines.headers["content-type"], len(lines.text.splitlines())) == ("application/jsonl", 3)
    table = await get(wired, ROOT, "/export?format=csv&after=1")
    assert table.text.startswith("seal,block,") and len(table.text.splitlines()) == 2


async def test_the_signed_proof_of_a_day_is_shown_to_those_who_may_prove(wired: Wired, world: Database) -> None:
    assert (await get(wired, CORA, "/signed-proof")).json()["code"] == "ledger.proof_unknown"
    await jobs.sign(world, InMemorySigner())
    assert (await get(wired, CORA, "/signed-proof?day=2026-01-01")).json()["proof"]["day"] == "2026-01-01"
    assert (await get(wired, ADA, "/signed-proof")).status_code == 403
