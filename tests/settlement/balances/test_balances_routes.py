"""The shadow balances through the wire, and metered calls: one call, one debit, or a 402 that says how to pay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from tests.settlement.world import ADA, BO, CY, ROOT, application, bearer, on_account, proof, spendable, usdc

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import Edge, House, guards, requires, unguarded
from harmony.commons.identity.model import Principal
from harmony.kernel.clock import VirtualClock
from harmony.settlement.balances import jobs, routes
from harmony.settlement.balances.metering import Charge, Metered
from harmony.settlement.balances.model import METERING, SETTLING, account
from harmony.settlement.ledger.writer import Writer

BASE = "/api/v1/harmony/whisperer"
PRICE = usdc("0.10")
Wired = tuple[httpx.AsyncClient, House]


@pytest_asyncio.fixture
async def wired(world: Database) -> AsyncIterator[Wired]:
    app, house = await application(world)
    house = replace(house, ports={**house.ports, Writer: Writer(world)})
    app.state.house = house
    app.include_router(routes.router)
    _metered(app)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://harmony.test") as client:
        yield client, house


def _metered(app: FastAPI) -> None:
    @app.get("/answers/{number}")
    async def answer(
        number: int, edge: Annotated[Edge, requires("balances.use")], paid: Annotated[Charge, Metered(price=PRICE)]
    ) -> dict[str, Any]:
        return {"number": number, "paid": str(paid.amount), "repeated": paid.repeated, "caller": edge.caller.id}


async def get(wired: Wired, who: Principal, path: str, **headers: str) -> httpx.Response:
    client, house = wired
    return await client.get(path, headers=bearer(house, who) | headers)


async def send(wired: Wired, who: Principal, verb: str, body: object, key: str | None = None) -> httpx.Response:
    client, house = wired
    headers = bearer(house, who) | ({} if key == "" else {"Idempotency-Key": key or f"{verb}-1"})
    return await client.post(f"{BASE}/{verb}", json=body, headers=headers)


async def test_a_deposit_leads_onto_the_shadow_balance_once_a_key(wired: Wired, world: Database) -> None:
    body = {"amount_usdc": "25.5", "wallet_address": ADA.id, "chain": "ledger"}
    first, again = await send(wired, ADA, "deposit", body), await send(wired, ADA, "deposit", body)
    assert (first.status_code, again.json()) == (201, first.json())
    answer = first.json()
    assert (answer["previous_balance"], answer["new_balance"]) == ("0.000000", "25.500000")
    assert (answer["amount_deposited"], answer["estimated_requests"]) == ("25.500000", 255)
    second = (await send(wired, ADA, "deposit", {"amount_usdc": "1"}, key="other")).json()
    assert (second["previous_balance"], second["new_balance"]) == ("25.500000", "26.500000")
    assert await spendable(world, ADA) == usdc("973.5")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"amount_usdc": "1", "chain": "base"}, 422, "balances.chain_unavailable", "chain"),
        ({"amount_usdc": "1", "deposit_tx_hash": "0xab"}, 422, "balances.deposit_unproven", "deposit_tx_hash"),
        ({"amount_usdc": "1", "wallet_address": BO.id}, 403, "balances.wallet_foreign", "wallet_address"),
        ({"amount_usdc": "0"}, 422, "balances.amount_out_of_range", "amount_usdc"),
        ({"amount_usdc": "100000.000001"}, 422, "balances.amount_out_of_range", "amount_usdc"),
        ({"amount_usdc": "1.0000001"}, 422, "http.invalid_request", "amount_usdc"),
        ({"amount_usdc": "-1"}, 422, "balances.amount_out_of_range", "amount_usdc"),
        ({"amount_usdc": "1000.000001"}, 402, "ledger.funds_insufficient", None),
        ({"amount_usdc": "1", "wallet_signature": "x"}, 422, "http.invalid_request", "wallet_signature"),
        ({}, 422, "http.invalid_request", "amount_usdc"),
    ],
)
async def test_a_deposit_that_cannot_be_is_refused_by_name(
    wired: Wired, world: Database, body: object, status: int, code: str, field: str | None
) -> None:
    refused = await send(wired, ADA, "deposit", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert field is None or refused.json()["details"]["field"] == field
    assert await spendable(world, ADA) == usdc("1000")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"amount_usdc": "0.999999"}, 422, "balances.amount_out_of_range"),
        ({"amount_usdc": "5.000001"}, 402, "ledger.funds_insufficient"),
        ({"amount_usdc": "1", "destination_chain": "solana"}, 422, "balances.chain_unavailable"),
        ({"amount_usdc": "1", "wallet_address": BO.id}, 403, "balances.wallet_foreign"),
    ],
)
async def test_a_withdrawal_that_cannot_be_is_refused_by_name(
    wired: Wired, world: Database, body: object, status: int, code: str
) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "5"})
    refused = await send(wired, ADA, "withdraw", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert await on_account(world, account(ADA.id)) == usdc("5")


@pytest.mark.parametrize("verb", ["deposit", "withdraw"])
async def test_what_moves_money_needs_a_key(wired: Wired, verb: str) -> None:
    assert (await send(wired, ADA, verb, {"amount_usdc": "1"}, key="")).json()["details"]["field"] == "Idempotency-Key"


async def test_a_withdrawal_is_held_at_once_and_paid_by_the_job(
    wired: Wired, world: Database, clock: VirtualClock
) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "10"})
    begun = await send(wired, ADA, "withdraw", {"amount_usdc": "4"})
    answer = begun.json()
    assert begun.status_code == 202 and answer["status"] == "pending_settlement"
    assert (answer["balance_before"], answer["balance_after"]) == ("10.000000", "6.000000")
    balance = (await get(wired, ADA, f"{BASE}/balance")).json()
    assert (balance["shadow_balance_usdc"], balance["pending_debits_usdc"]) == ("10.000000", "4.000000")
    clock.advance(3)
    assert [await jobs.pay(world), await jobs.pay(world)] == [1, 0]
    status = (await get(wired, ADA, answer["tracking_url"])).json()
    assert (status["status"], status["details"]["amount_settled"]) == ("confirmed", "4.000000")
    assert [step["stage"] for step in status["timeline"]] == ["initiated", "tx_submitted", "confirmed"]
    assert await spendable(world, ADA) == usdc("994")
    assert (await get(wired, CY, answer["tracking_url"])).json()["code"] == "balances.settlement_unknown"
    assert (await get(wired, ROOT, answer["tracking_url"])).status_code == 200


async def test_two_withdrawals_at_once_take_no_more_than_there_is(wired: Wired, world: Database) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "10"})
    both = await asyncio.gather(*(send(wired, ADA, "withdraw", {"amount_usdc": "6"}, key=f"k{n}") for n in range(2)))
    assert sorted(answer.status_code for answer in both) == [202, 402]
    await jobs.pay(world)
    assert await on_account(world, account(ADA.id)) == usdc("4")


async def test_several_withdrawals_of_one_owner_are_paid_as_one(wired: Wired, world: Database) -> None:
    for who in (ADA, CY):
        await send(wired, who, "deposit", {"amount_usdc": "10"})
        for number in range(3):
            await send(wired, who, "withdraw", {"amount_usdc": "2"}, key=f"w{number}")
    assert await jobs.pay(world) == 6
    async with world.reading() as connection:
        paid = await connection.fetch("SELECT credit, amount FROM ledger_transfers WHERE purpose = 'shadow.payout'")
        rows = await connection.fetch("SELECT DISTINCT batch_id, included_transactions FROM shadow_settlements")
    assert sorted(row["amount"] for row in paid) == [6_000_000, 6_000_000]
    assert [row["included_transactions"] for row in rows] == [3]
    assert await on_account(world, SETTLING) == usdc("0")
    assert (await proof(world)).ok


async def test_a_full_balance_is_paid_out_once_a_day(wired: Wired, world: Database, clock: VirtualClock) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "1000"})
    await send(wired, CY, "deposit", {"amount_usdc": "999.999999"})
    assert [await jobs.settle_daily(world), await jobs.settle_daily(world)] == [1, 0]
    await jobs.pay(world)
    assert await spendable(world, ADA) == usdc("1000")
    await send(wired, ADA, "deposit", {"amount_usdc": "1000"}, key="again")
    assert await jobs.settle_daily(world) == 0
    clock.advance(86_400)
    assert await jobs.settle_daily(world) == 1
    await jobs.pay(world)
    assert await on_account(world, account(CY.id)) == usdc("999.999999")
    assert (await proof(world)).ok


async def test_an_administrator_settles_by_criteria_and_nobody_else(wired: Wired, world: Database) -> None:
    for who, amount in ((ADA, "30"), (CY, "20")):
        await send(wired, who, "deposit", {"amount_usdc": amount})
    body = {"settlement_criteria": {"min_balance": "25", "max_settlements": 5, "chains": ["ledger"]}}
    assert (await send(wired, ADA, "batch-settle", body)).status_code == 403
    begun = (await send(wired, ROOT, "batch-settle", body)).json()
    assert (begun["settlements_initiated"], begun["total_amount_usdc"]) == (1, "30.000000")
    again = (await send(wired, ROOT, "batch-settle", body)).json()
    assert again == begun
    await jobs.pay(world)
    assert await spendable(world, ADA) == usdc("1000")


@pytest.mark.parametrize(
    "criteria", [{"min_balance": "0.5"}, {"max_settlements": 0}, {"max_settlements": 101}, {"chains": ["base"]}]
)
async def test_criteria_that_cannot_be_are_refused_by_name(wired: Wired, criteria: dict[str, object]) -> None:
    refused = await send(wired, ROOT, "batch-settle", {"settlement_criteria": criteria})
    assert refused.status_code == 422 and next(iter(criteria)) in refused.json()["details"]["field"]


async def test_one_call_is_one_debit(wired: Wired, world: Database) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "1"})
    answers = await asyncio.gather(*(get(wired, ADA, f"/answers/{number}") for number in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] * 10 + [402] * 2
    assert await on_account(world, account(ADA.id)) == usdc("0")
    assert await on_account(world, METERING) == usdc("1")
    assert (await proof(world)).ok


async def test_who_cannot_pay_is_told_how_to(wired: Wired) -> None:
    refused = await get(wired, BO, "/answers/1")
    told = refused.json()
    assert (refused.status_code, told["code"]) == (402, "balances.payment_required")
    assert (told["details"]["payment_required"], told["details"]["amount_usdc"]) == (True, "0.100000")
    [method] = told["details"]["payment_methods"]
    assert method["deposit"] == f"{BASE}/deposit"


async def test_a_call_that_is_sent_again_is_paid_once(wired: Wired, world: Database) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "1"})
    answers = [await get(wired, ADA, "/answers/1", **{"Idempotency-Key": "k"}) for _ in range(3)]
    assert [answer.json()["repeated"] for answer in answers] == [False, True, True]
    await get(wired, ADA, "/answers/2", **{"Idempotency-Key": "k"})
    assert await on_account(world, account(ADA.id)) == usdc("0.8")


async def test_a_metered_route_lets_nobody_in_without_a_name(wired: Wired) -> None:
    client, _ = wired
    assert (await client.get("/answers/1")).status_code == 401


async def test_the_history_tells_every_move_newest_first(wired: Wired, world: Database) -> None:
    await send(wired, ADA, "deposit", {"amount_usdc": "5"})
    await get(wired, ADA, "/answers/1")
    await send(wired, ADA, "withdraw", {"amount_usdc": "2"})
    await jobs.pay(world)
    told = (await get(wired, ADA, f"{BASE}/history?limit=2")).json()
    rest = (await get(wired, ADA, f"{BASE}/history?limit=2&offset=2")).json()
    lines = told["transactions"] + rest["transactions"]
    assert [(one["type"], one["amount"], one["balance_after"]) for one in lines] == [
        ("settlement", "-2.000000", "2.900000"),
        ("debit", "-0.100000", "4.900000"),
        ("deposit", "5.000000", "5.000000"),
    ]
    assert [told["pagination"]["has_more"], rest["pagination"]["has_more"]] == [True, False]
    assert told["summary"] == {
        "total_deposits": "5.000000", "total_debits": "0.100000", "total_withdrawals": "2.000000",
        "current_balance": "2.900000",
    }  # fmt: skip
    async with world.reading() as connection:
        rows = await connection.fetch("SELECT * FROM shadow_transactions ORDER BY id DESC")
    assert [(row["transaction_type"], str(row["amount_usdc"]), str(row["balance_after"])) for row in rows] == [
        (one["type"], one["amount"], one["balance_after"]) for one in lines
    ]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "offset=-1", "offset=10001"])
async def test_a_history_has_bounds(wired: Wired, query: str) -> None:
    assert (await get(wired, ADA, f"{BASE}/history?{query}")).status_code == 422


async def test_a_balance_is_ones_own_and_an_administrator_sees_any(wired: Wired) -> None:
    assert (await get(wired, BO, f"{BASE}/balance")).json()["shadow_balance_usdc"] == "0.000000"
    assert (await get(wired, BO, f"{BASE}/balance?wallet_address={ADA.id}")).status_code == 403
    assert (await get(wired, ROOT, f"{BASE}/history?wallet_address={ADA.id}")).status_code == 200


def test_every_route_names_its_permission() -> None:
    assert unguarded(routes.router.routes) == []
    assert None not in guards(routes.router.routes).values()


def test_a_price_is_above_zero_in_the_asset_of_the_balances() -> None:
    with pytest.raises(ValueError, match="price"):
        Metered(price=usdc("0"))
