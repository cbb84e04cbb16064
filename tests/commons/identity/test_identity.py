"""Who is calling, what they may do: through the wire, on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.adapters.http import problems
from harmony.commons.identity import model, service
from harmony.commons.identity.edge import Edge, House, guards, public, requires, unguarded
from harmony.commons.identity.errors import PrincipalExists, TooManyTokens
from harmony.commons.identity.model import GRANTS, LINK_LIFE, SIGNED_TOKEN_LIFE, Principal, permits
from harmony.commons.identity.routes import router
from harmony.commons.identity.service import Signer
from harmony.commons.journal import jobs
from harmony.commons.journal.service import Journal
from harmony.kernel.clock import VirtualClock

ADMIN = Principal("operator", "operator", "Operator", ("admin",))
SEEKER = Principal("person-ada", "person", "Ada Example", ("seeker",))

counter = APIRouter()
done: list[str] = []


class Work(BaseModel):
    text: str


class Worked(BaseModel):
    times: int


@counter.post("/work")
async def work(body: Work, edge: Annotated[Edge, requires("escrows.create")]) -> JSONResponse:
    async def do(uow: UnitOfWork) -> Worked:
        await uow.connection.execute("SELECT 1")
        done.append(body.text)
        return Worked(times=len(done))

    return await edge.once(body, do, status=201, key_required=True)


@pytest_asyncio.fixture
async def house(database: Database) -> House:
    done.clear()
    async with database.begin() as uow:
        await service.create_principal(uow, ADMIN)
        await service.create_principal(uow, SEEKER)
    return House(database, Journal(database), await Signer.load(database))


@pytest_asyncio.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.state.house = house
    app.include_router(router)
    app.include_router(counter)
    problems.install(app, house.database.clock.now)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://harmony.test") as found:
        yield found


def bearer(house: House, principal: Principal) -> dict[str, str]:
    return {"Authorization": "Bearer " + house.signer.sign(principal, house.database.clock.now().timestamp())}


async def kinds(house: House) -> list[str]:
    await jobs.stamp(house.database)
    return [entry.kind for entry in await house.journal.read(0)]


async def test_nobody_is_refused_and_told_how_to_come_in(client: httpx.AsyncClient) -> None:
    answer = await client.get("/auth/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "identity.sign_in_needed"
    assert "Bearer" in answer.json()["hint"]


async def test_a_caller_without_the_permission_is_refused_and_the_refusal_is_journalled(
    client: httpx.AsyncClient, house: House
) -> None:
    answer = await client.get("/auth/principals", headers=bearer(house, SEEKER))
    assert answer.status_code == 403
    assert answer.json()["details"]["permission"] == "identity.manage"
    assert "identity.access.refused" in await kinds(house)


async def test_a_one_time_link_signs_in_once(client: httpx.AsyncClient, house: House) -> None:
    made = await client.post("/auth/links", json={"principal_id": SEEKER.id}, headers=bearer(house, ADMIN))
    link = made.json()["link"]
    first = await client.post("/auth/sign-in", json={"link": link})
    assert first.status_code == 200
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
    assert (await client.get("/auth/me")).json()["id"] == SEEKER.id
    client.cookies.clear()
    second = await client.post("/auth/sign-in", json={"link": link})
    assert second.status_code == 401
    assert link not in second.text
    assert (await client.get("/auth/me")).status_code == 401


async def test_an_old_link_does_not_sign_in(client: httpx.AsyncClient, house: House, clock: VirtualClock) -> None:
    async with house.database.begin() as uow:
        link = await service.create_link(uow, SEEKER.id)
    clock.advance(LINK_LIFE.total_seconds())
    assert (await client.post("/auth/sign-in", json={"link": link})).status_code == 401


async def test_signing_out_ends_the_browser_s_session(client: httpx.AsyncClient, house: House) -> None:
    async with house.database.begin() as uow:
        link = await service.create_link(uow, SEEKER.id)
    cookie = (await client.post("/auth/sign-in", json={"link": link})).cookies["harmony_session"]
    await client.post("/auth/sign-out")
    client.cookies.set("harmony_session", cookie)
    assert (await client.get("/auth/me")).status_code == 401


async def test_a_token_works_until_it_is_revoked_and_is_never_stored_in_the_clear(
    client: httpx.AsyncClient, house: House
) -> None:
    made = (await client.post("/auth/tokens", json={"label": "laptop"}, headers=bearer(house, SEEKER))).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert (await client.get("/auth/me", headers=headers)).json()["id"] == SEEKER.id
    async with house.database.reading() as connection:
        stored = str(await connection.fetch("SELECT * FROM api_tokens"))
    assert made["token"] not in stored
    assert made["token"] not in str(await house.journal.read(0))
    assert (await client.delete(f"/auth/tokens/{made['id']}", headers=headers)).status_code == 200
    refused = await client.get("/auth/me", headers=headers)
    assert refused.status_code == 401
    assert made["token"] not in refused.text


async def test_one_may_not_touch_the_tokens_of_others(client: httpx.AsyncClient, house: House) -> None:
    async with house.database.begin() as uow:
        token, _ = await service.create_token(uow, ADMIN.id, "admin's", model.API_TOKEN_DEFAULT_LIFE)
    assert (await client.delete(f"/auth/tokens/{token.id}", headers=bearer(house, SEEKER))).status_code == 404
    body = {"label": "mine now", "principal_id": ADMIN.id}
    assert (await client.post("/auth/tokens", json=body, headers=bearer(house, SEEKER))).status_code == 403
    assert (await client.get("/auth/tokens?everyone=true", headers=bearer(house, SEEKER))).status_code == 403


@pytest.mark.parametrize("change", ["truncated", "other key", "no signature", "expired"])
async def test_a_signed_token_that_was_touched_is_refused(
    client: httpx.AsyncClient, house: House, clock: VirtualClock, change: str
) -> None:
    token = house.signer.sign(SEEKER, clock.now().timestamp())
    if change == "truncated":
        token = token[:-2]
    elif change == "other key":
        header, body, _ = token.split(".")
        token = f"{header}.{body}.{'A' * 43}"
    elif change == "no signature":
        token = "eyJhbGciOiJub25lIn0." + token.split(".")[1] + "."
    else:
        clock.advance(SIGNED_TOKEN_LIFE.total_seconds())
    answer = await client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "identity.token_refused"


async def test_one_key_has_one_effect_and_one_answer(client: httpx.AsyncClient, house: House) -> None:
    headers = {**bearer(house, SEEKER), "Idempotency-Key": "order-1"}
    first = await client.post("/work", json={"text": "a"}, headers=headers)
    again = await client.post("/work", json={"text": "a"}, headers=headers)
    other = await client.post("/work", json={"text": "b"}, headers=headers)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json() == {"times": 1}
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.json()["code"] == "db.idempotency_key_reused"
    assert done == ["a"]


async def test_twins_in_flight_have_one_effect(client: httpx.AsyncClient, house: House) -> None:
    headers = {**bearer(house, SEEKER), "Idempotency-Key": "order-2"}

    async def send() -> Any:
        return (await client.post("/work", json={"text": "a"}, headers=headers)).json()

    answers = await asyncio.gather(*(send() for _ in range(5)))
    assert answers == [{"times": 1}] * 5
    assert done == ["a"]


async def test_money_without_a_key_is_refused(client: httpx.AsyncClient, house: House) -> None:
    answer = await client.post("/work", json={"text": "a"}, headers=bearer(house, SEEKER))
    assert answer.status_code == 422
    assert answer.json()["details"]["field"] == "Idempotency-Key"
    assert done == []


@pytest.mark.parametrize("key", ["", "x" * 201, "with space", "é"])
async def test_an_unusable_key_is_refused(client: httpx.AsyncClient, house: House, key: str) -> None:
    headers = {**bearer(house, SEEKER), "Idempotency-Key": key.encode("latin-1")}
    assert (await client.post("/work", json={"text": "a"}, headers=headers)).status_code == 422


async def test_a_validation_error_names_the_field_and_does_not_repeat_the_value(
    client: httpx.AsyncClient, house: House
) -> None:
    answer = await client.post(
        "/auth/tokens", json={"label": "", "days": "hunter2-secret"}, headers=bearer(house, SEEKER)
    )
    assert answer.status_code == 422
    assert {item["field"] for item in answer.json()["details"]["fields"]} == {"label", "days"}
    assert "hunter2" not in answer.text


def test_every_role_is_denied_what_it_is_not_granted() -> None:
    assert not permits(("seeker",), "ledger.grant")
    assert not permits(("local",), "ledger.read")
    assert not permits((), "components.read")
    assert not permits(("no such role",), "components.read")
    assert permits(("admin",), "ledger.grant")
    assert all(permits((role,), grant) for role, grants in GRANTS.items() for grant in grants if grant != "*")


def test_a_route_without_a_guard_is_found() -> None:
    bare = APIRouter()

    @bare.get("/forgotten")
    async def forgotten() -> None: ...

    @bare.get("/open")
    async def opened(edge: Annotated[Edge, public()]) -> None: ...

    assert unguarded(bare.routes) == ["GET /forgotten"]
    assert guards(bare.routes) == {"GET /open": None}
    assert unguarded(router.routes) == []


async def test_a_principal_has_a_bounded_number_of_valid_tokens(house: House) -> None:
    async with house.database.begin() as uow:
        for number in range(model.LIVE_TOKENS_LIMIT):
            token, _ = await service.create_token(uow, SEEKER.id, f"token {number}", model.API_TOKEN_DEFAULT_LIFE)
        with pytest.raises(TooManyTokens):
            await service.create_token(uow, SEEKER.id, "one more", model.API_TOKEN_DEFAULT_LIFE)
        await service.revoke_token(uow, token.id, SEEKER.id)
        await service.create_token(uow, SEEKER.id, "in its place", model.API_TOKEN_DEFAULT_LIFE)


@pytest.mark.parametrize("reserved", sorted(model.RESERVED_IDS))
async def test_nobody_is_called_like_who_acts_without_being_anybody(house: House, reserved: str) -> None:
    with pytest.raises(PrincipalExists):
        async with house.database.begin() as uow:
            await service.create_principal(uow, Principal(reserved, "person", "Impostor", ("seeker",)))
