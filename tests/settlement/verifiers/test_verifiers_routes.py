"""Deliverables through the wire: kept by content, shown to whom they concern, never beyond the limit."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from tests.settlement.world import ADA, BO, CORA, CY, GOOD, ROOT, application, bearer, in_state

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.kernel.clock import VirtualClock
from harmony.settlement.verifiers.errors import DeliverableTooLarge, UploadsTooMany
from harmony.settlement.verifiers.model import DELIVERABLE_LIMIT_BYTES, UPLOADS_PER_HOUR_LIMIT
from harmony.settlement.verifiers.service import upload

PATH = "/api/v1/harmony/deliverables"
Wired = tuple[httpx.AsyncClient, House]


@pytest_asyncio.fixture
async def wired(world: Database) -> AsyncIterator[Wired]:
    app, house = await application(world)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://harmony.test") as client:
        yield client, house


async def send(wired: Wired, who: Principal, content: bytes, query: str = "") -> httpx.Response:
    client, house = wired
    return await client.post(PATH + query, content=content, headers=bearer(house, who))


async def fetch(wired: Wired, who: Principal, sha256: str) -> httpx.Response:
    client, house = wired
    return await client.get(f"{PATH}/{sha256}", headers=bearer(house, who))


async def test_content_comes_back_as_it_was_and_is_never_shown_as_a_page(wired: Wired) -> None:
    content = b"<script>alert(1)</script>"
    stored = (await send(wired, BO, content)).json()
    assert stored == {
        "deliverable_url": f"harmony:sha256/{hashlib.sha256(content).hexdigest()}",
        "deliverable_hash": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    }
    answer = await fetch(wired, BO, stored["deliverable_hash"])
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_uploading_again_changes_nothing_and_each_who_brought_it_may_read_it(wired: Wired) -> None:
    sha256 = (await send(wired, BO, GOOD)).json()["deliverable_hash"]
    assert (await fetch(wired, CY, sha256)).status_code == 404
    assert (await send(wired, BO, GOOD)).status_code == 201
    assert (await send(wired, CY, GOOD)).json()["deliverable_hash"] == sha256
    assert (await fetch(wired, CY, sha256)).status_code == 200


async def test_a_deliverable_is_shown_to_the_parties_that_it_concerns_and_to_nobody_else(
    wired: Wired, world: Database
) -> None:
    escrow = await in_state(world, "accepted")
    stored = (await send(wired, BO, GOOD)).json()
    sha256 = stored["deliverable_hash"]
    assert (await fetch(wired, ADA, sha256)).status_code == 404
    client, house = wired
    body = {"escrow_id": escrow.id, "deliverable_url": stored["deliverable_url"], "deliverable_hash": sha256}
    await client.post("/api/v1/harmony/escrow/submit", json=body, headers=bearer(house, BO))
    answers = {who.id: (await fetch(wired, who, sha256)).status_code for who in (ADA, BO, CY, ROOT)}
    assert answers == {ADA.id: 200, BO.id: 200, CY.id: 404, ROOT.id: 200}


async def test_naming_a_hash_in_an_address_elsewhere_shows_nothing(wired: Wired, world: Database) -> None:
    sha256 = (await send(wired, CY, b"print('private')")).json()["deliverable_hash"]
    escrow = await in_state(world, "accepted", checked=False)
    client, house = wired
    body = {"escrow_id": escrow.id, "deliverable_url": "https://example.org/x", "deliverable_hash": sha256}
    assert (await client.post("/api/v1/harmony/escrow/submit", json=body, headers=bearer(house, BO))).status_code == 200
    assert [(await fetch(wired, who, sha256)).status_code for who in (ADA, BO)] == [404, 404]


@pytest.mark.parametrize("sha256", ["0" * 64, "x", "0" * 63, "Z" * 64, "0" * 64 + "%00"])
async def test_an_unknown_hash_is_a_404(wired: Wired, sha256: str) -> None:
    assert (await fetch(wired, ROOT, sha256)).status_code == 404


async def test_the_announced_hash_is_verified(wired: Wired) -> None:
    right, wrong = hashlib.sha256(GOOD).hexdigest(), hashlib.sha256(b"other").hexdigest()
    refused = await send(wired, BO, GOOD, f"?sha256={wrong}")
    assert (refused.status_code, refused.json()["details"]["field"]) == (422, "sha256")
    assert (await send(wired, BO, GOOD, f"?sha256={right}")).status_code == 201
    assert (await send(wired, BO, GOOD, "?sha256=short")).status_code == 422
    assert (await send(wired, BO, b"")).json()["code"] == "verifiers.deliverable_empty"


async def test_ten_megabytes_are_kept_and_not_a_byte_more(wired: Wired) -> None:
    assert (await send(wired, BO, bytes(DELIVERABLE_LIMIT_BYTES))).status_code == 201
    assert (await send(wired, BO, bytes(DELIVERABLE_LIMIT_BYTES + 1))).status_code == 413

    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1024 * 1024
            yield bytes(1024 * 1024)

    with pytest.raises(DeliverableTooLarge):
        await upload.collect(endless())
    assert sent <= DELIVERABLE_LIMIT_BYTES + 1024 * 1024


async def test_so_many_uploads_an_hour_and_no_more(world: Database, clock: VirtualClock) -> None:
    async def bring(number: int) -> None:
        async with world.begin(actor=BO.id) as uow:
            await upload.upload(uow, f"print({number})".encode())

    for number in range(UPLOADS_PER_HOUR_LIMIT):
        await bring(number)
    with pytest.raises(UploadsTooMany) as refusal:
        await bring(UPLOADS_PER_HOUR_LIMIT)
    assert refusal.value.details == {"retry_after_seconds": 3601}
    await bring(0)
    clock.advance(3_601)
    await bring(UPLOADS_PER_HOUR_LIMIT)


async def test_the_templates_are_those_of_the_specification_and_open_to_everybody(wired: Wired) -> None:
    client, _ = wired
    templates = (await client.get("/api/v1/harmony/verifier/templates")).json()["templates"]
    weights = {
        one["name"]: {name: criterion["weight"] for name, criterion in one["criteria"].items()} for one in templates
    }
    assert weights == {
        "code_quality": {"readability": 0.30, "efficiency": 0.25, "documentation": 0.25, "testing": 0.20},
        "technical_report": {"accuracy": 0.40, "depth": 0.30, "clarity": 0.20, "sources": 0.10},
        "design_assets": {"aesthetic": 0.30, "usability": 0.30, "brand_compliance": 0.20, "file_quality": 0.20},
    }
    assert [one["deliverable_type"] for one in templates] == ["code", "document", "design"]


@pytest.mark.parametrize("check_id", ["x", "verification-" + "0" * 32, "9" * 30, "verification-%00"])
async def test_an_unknown_verification_is_a_404(wired: Wired, check_id: str) -> None:
    client, house = wired
    answer = await client.get(f"/api/v1/harmony/verifier/{check_id}/status", headers=bearer(house, CORA))
    assert answer.status_code == 404
