"""Escrows through the wire: the whole story, who may do what, and every way of asking wrongly."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from tests.settlement.world import ADA, BO, CASES, CORA, CY, GOOD, ROOT, application, bearer, terms

from harmony.adapters.db.pool import Database
from harmony.commons.identity.edge import House, guards, unguarded
from harmony.commons.identity.model import Principal
from harmony.settlement.escrows import jobs, routes
from harmony.settlement.escrows.model import DESCRIPTION_LIMIT_CHARS, TITLE_LIMIT_CHARS
from harmony.settlement.verifiers import jobs as verifier_jobs
from harmony.settlement.verifiers import routes as verifier_routes
from harmony.settlement.verifiers.fakes import InMemoryRunner
from harmony.settlement.verifiers.model import CASES_LIMIT

BASE = "/api/v1/harmony"
KEYS = itertools.count()


class Wire:
    """A client that speaks as anybody; every writing call has a key of its own unless one is given."""

    def __init__(self, client: httpx.AsyncClient, house: House) -> None:
        self.client, self.house = client, house

    async def post(self, who: Principal, path: str, body: Any, *, key: str | None = None) -> httpx.Response:
        headers = bearer(self.house, who) | {"Idempotency-Key": key or f"key-{next(KEYS)}"}
        if isinstance(body, bytes):
            return await self.client.post(f"{BASE}{path}", content=body, headers=headers)
        return await self.client.post(f"{BASE}{path}", json=body, headers=headers)

    async def get(self, who: Principal, path: str) -> httpx.Response:
        return await self.client.get(f"{BASE}{path}", headers=bearer(self.house, who))

    def order(self, **changes: Any) -> dict[str, Any]:
        """A body that creates an escrow; ``terms__x`` changes a field of the terms."""
        agreed = terms(self.house.database.clock.now()) | {"acceptance": CASES}
        agreed |= {name[7:]: value for name, value in changes.items() if name.startswith("terms__")}
        return {"amount_usdc": "100.00", "terms": agreed} | {
            name: value for name, value in changes.items() if not name.startswith("terms__")
        }

    async def created(self, **changes: Any) -> dict[str, Any]:
        answer = await self.post(ADA, "/escrow/create", self.order(**changes))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def accepted(self, **changes: Any) -> str:
        found = await self.created(**changes)
        token = found["invitation_link"].partition("?token=")[2] or None
        answer = await self.post(BO, "/escrow/accept", {"escrow_id": found["escrow_id"], "invitation_token": token})
        assert answer.status_code == 200, answer.text
        return str(found["escrow_id"])

    async def submitted(self, content: bytes = GOOD, **changes: Any) -> tuple[str, str]:
        escrow_id = await self.accepted(**changes)
        stored = (await self.post(BO, "/deliverables", content)).json()
        body = {"escrow_id": escrow_id, "deliverable_url": stored["deliverable_url"]}
        answer = await self.post(BO, "/escrow/submit", body | {"deliverable_hash": stored["deliverable_hash"]})
        assert answer.status_code == 200, answer.text
        return escrow_id, answer.json()["verification_id"]


@pytest_asyncio.fixture
async def wire(world: Database) -> AsyncIterator[Wire]:
    app, house = await application(world)
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://harmony.test") as client:
        yield Wire(client, house)


def names(answer: httpx.Response) -> tuple[int, str, str | None]:
    """Status, code and field of a refusal."""
    problem = answer.json()
    return answer.status_code, problem["code"], problem["details"].get("field")


async def test_a_consultation_from_the_hold_to_the_payment(wire: Wire, world: Database) -> None:
    found = await wire.created(amount_usdc="20.00", session_id="session-1", buyer_address=ADA.id, chain="ledger")
    escrow_id = found["escrow_id"]
    assert found["escrow_address"] == f"escrow:{escrow_id}"
    assert found["payment_tx_hash"] == f"{escrow_id}:hold"
    assert (found["chain"], found["status"], found["priority_score"]) == ("ledger", "pending", 0)
    assert found["invitation_link"] == f"/escrow/accept/{escrow_id}"
    held = (await wire.get(ADA, "/ledger/balance")).json()["balances"]
    assert held == [{"asset": "practice-USDC", "book": "money", "available": "980.000000", "held": "20.000000"}]

    accepted = (await wire.post(BO, "/escrow/accept", {"escrow_id": escrow_id, "seller_address": BO.id})).json()
    assert accepted["locked_amount_usdc"] == "20.000000"
    stored = (await wire.post(BO, "/deliverables", GOOD)).json()
    assert stored["deliverable_url"] == f"harmony:sha256/{hashlib.sha256(GOOD).hexdigest()}"
    submitted = (
        await wire.post(
            BO,
            "/escrow/submit",
            {
                "escrow_id": escrow_id,
                "deliverable_url": stored["deliverable_url"],
                "deliverable_hash": stored["deliverable_hash"],
                "completion_notes": "It reverses.",
            },
        )
    ).json()
    assert (submitted["status"], submitted["verification_initiated"]) == ("submitted", True)
    assert submitted["estimated_verification_time"] == 120

    await verifier_jobs.run_pending(world, InMemoryRunner())
    await jobs.settle_verified(world)
    view = (await wire.get(ADA, f"/escrow/{escrow_id}")).json()
    assert (view["status"], view["quality_score"], view["payout_usdc"]) == ("released", 100, "17.000000")
    assert [line["action"] for line in view["negotiation_history"]] == [
        "created", "accepted", "submitted", "verified", "released"
    ]  # fmt: skip
    assert [line["actor"] for line in view["negotiation_history"]] == ["buyer", "seller", "seller", "system", "system"]
    check = (await wire.get(BO, f"/verifier/{submitted['verification_id']}/status")).json()
    assert check["results"]["overall_score"] == 100
    assert check["actions"] == {
        "auto_released": True, "payment_released_to": BO.id, "release_tx_hash": f"{escrow_id}:payout"
    }  # fmt: skip
    assert (await wire.get(BO, "/ledger/balance")).json()["balances"][0]["available"] == "17.000000"
    assert (await wire.get(CORA, "/ledger/proof")).json()["ok"] is True


async def test_a_direct_escrow_is_accepted_by_its_invitation_which_then_is_gone(wire: Wire) -> None:
    found = await wire.created()
    escrow_id, token = found["escrow_id"], found["invitation_link"].partition("?token=")[2]
    assert (found["buyer_fee_usdc"], found["seller_fee_usdc"]) == ("0.250000", "0.250000")
    assert names(await wire.get(BO, f"/escrow/{escrow_id}"))[:2] == (404, "escrows.unknown")
    invited = await wire.get(BO, f"/escrow/{escrow_id}?invitation={token}")
    assert (invited.status_code, invited.json()["invitation_link"]) == (200, None)
    assert (await wire.get(ADA, f"/escrow/{escrow_id}")).json()["invitation_link"] == found["invitation_link"]
    body = {"escrow_id": escrow_id, "invitation_token": token}
    assert (await wire.post(BO, "/escrow/accept", body)).status_code == 200
    assert names(await wire.post(CY, "/escrow/accept", body))[:2] == (404, "escrows.unknown")
    assert (await wire.get(ADA, f"/escrow/{escrow_id}")).json()["invitation_link"] is None


async def test_approve_reject_and_resolve_through_the_wire(wire: Wire) -> None:
    approved, _ = await wire.submitted(terms__acceptance=[])
    answer = await wire.post(ADA, "/escrow/approve", {"escrow_id": approved})
    assert (answer.status_code, answer.json()["status"], answer.json()["payout_usdc"]) == (200, "released", "99.750000")
    assert names(await wire.post(ADA, "/escrow/approve", {"escrow_id": approved})) == (409, "escrows.wrong_state", None)

    disputed, _ = await wire.submitted(terms__acceptance=[])
    body = {"escrow_id": disputed, "reason": "It is something else."}
    assert names(await wire.post(BO, "/escrow/reject", body))[:2] == (403, "identity.permission_missing")
    assert (await wire.post(ADA, "/escrow/reject", body)).json()["status"] == "disputed"
    decision = {"escrow_id": disputed, "decision": "refund", "notes": "Agreed."}
    assert (await wire.post(ADA, "/escrow/resolve", decision)).status_code == 403
    answer = await wire.post(CORA, "/escrow/resolve", decision)
    assert (answer.json()["status"], answer.json()["payout_usdc"]) == ("refunded", None)


async def test_the_same_key_creates_one_escrow_and_another_body_is_refused(wire: Wire) -> None:
    order = wire.order()
    first = await wire.post(ADA, "/escrow/create", order, key="same")
    again = await wire.post(ADA, "/escrow/create", order, key="same")
    assert (first.json(), again.headers["Idempotent-Replayed"]) == (again.json(), "true")
    same_amount = await wire.post(ADA, "/escrow/create", order | {"amount_usdc": 100}, key="same")
    assert same_amount.json() == first.json()
    other = await wire.post(ADA, "/escrow/create", order | {"amount_usdc": "101"}, key="same")
    assert names(other)[:2] == (409, "db.idempotency_key_reused")
    assert (await wire.get(ADA, "/escrow/list")).json()["pagination"]["total"] == 1


@pytest.mark.parametrize("path", ["/escrow/create", "/escrow/approve", "/escrow/reject", "/escrow/resolve"])
async def test_what_moves_money_needs_a_key(wire: Wire, path: str) -> None:
    body = {"/escrow/create": wire.order()}.get(path, {"escrow_id": "x"})
    body |= {"/escrow/reject": {"reason": "r"}, "/escrow/resolve": {"decision": "refund"}}.get(path, {})
    answer = await wire.client.post(f"{BASE}{path}", json=body, headers=bearer(wire.house, ROOT))
    assert names(answer) == (422, "db.idempotency_key_missing", "Idempotency-Key")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('"20.5"', "20.500000"),
        ("20.5", "20.500000"),
        ("20", "20.000000"),
        ("2e1", "20.000000"),
        ("20.000001", "20.000001"),
        ("20.1000000000", "20.100000"),
    ],
)
async def test_an_amount_is_read_exactly_as_a_number_or_a_string(wire: Wire, text: str, held: str) -> None:
    answer = await raw(wire, text)
    assert (answer.status_code, answer.json().get("amount_usdc")) == (201, held)


@pytest.mark.parametrize(
    "text",
    ["20.0000001", "20.0000000000000000000000001", '"20.0000001"', "NaN", "Infinity", '"NaN"', "1e999999", "-1", "0",
     "0.99", '"1,000"', '" 20"', "true", "null", "[20]", '"٢٠"', "9" * 400, "1e-7", '"1e2"'],
)  # fmt: skip
async def test_an_amount_that_would_have_to_be_rounded_or_guessed_is_refused(wire: Wire, text: str) -> None:
    answer = await raw(wire, text)
    assert answer.status_code == 422
    assert answer.json()["details"]["field"] == "amount_usdc"
    assert (await wire.get(ADA, "/ledger/balance")).json()["balances"][0]["held"] == "0.000000"


async def raw(wire: Wire, amount: str) -> httpx.Response:
    """Create with the amount written into the JSON as it is."""
    order = httpx.Request("POST", "http://x", json=wire.order(amount_usdc="@")).content.replace(b'"@"', amount.encode())
    headers = bearer(wire.house, ADA) | {"Idempotency-Key": f"key-{next(KEYS)}", "Content-Type": "application/json"}
    return await wire.client.post(f"{BASE}/escrow/create", content=order, headers=headers)


CASE: dict[str, Any] = {"name": "a", "argv": ["python", "main.py"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chain": "base"}, "chain"),
        ({"payment_tx_hash": "0x1"}, "payment_tx_hash"),
        ({"buyer_address": "a b"}, "buyer_address"),
        ({"session_id": "s\x00"}, "session_id"),
        ({"terms__title": ""}, "terms.title"),
        ({"terms__title": "t" * (TITLE_LIMIT_CHARS + 1)}, "terms.title"),
        ({"terms__title": "nul\x00"}, "terms.title"),
        ({"terms__title": "lone \ud800"}, "terms.title"),
        ({"terms__description": "d" * (DESCRIPTION_LIMIT_CHARS + 1)}, "terms.description"),
        ({"terms__deliverables": []}, "terms.deliverables"),
        ({"terms__delivery_deadline": "soon"}, "terms.delivery_deadline"),
        ({"terms__delivery_deadline": "2026-01-02T00:00:00"}, "terms.delivery_deadline"),
        ({"terms__delivery_deadline": "2020-01-02T00:00:00Z"}, "terms.delivery_deadline"),
        ({"terms__quality_threshold": 101}, "terms.quality_threshold"),
        ({"terms__acceptance": [CASE, CASE]}, "terms.acceptance"),
        ({"terms__acceptance": [CASE | {"name": f"{n}"} for n in range(CASES_LIMIT + 1)]}, "terms.acceptance"),
        ({"terms__acceptance": [CASE | {"argv": []}]}, "terms.acceptance.0.argv"),
        ({"terms__acceptance": [CASE | {"argv": ["/bin/sh"]}]}, "terms.acceptance.0.argv"),
        ({"terms__acceptance": [CASE | {"weight": 0}]}, "terms.acceptance.0.weight"),
        ({"terms__acceptance": [CASE | {"files": {"../x": ""}}]}, "terms.acceptance.0.files.../x.[key]"),
        ({"terms__acceptance": [CASE | {"files": {"x": "y" * 300_000}}]}, "terms.acceptance.0"),
    ],
)
async def test_a_refused_order_names_the_field_and_holds_nothing(wire: Wire, changes: Any, field: str) -> None:
    order = wire.order(**changes)
    content = json.dumps(order).encode()
    headers = bearer(wire.house, ADA) | {"Idempotency-Key": f"key-{next(KEYS)}", "Content-Type": "application/json"}
    answer = await wire.client.post(f"{BASE}/escrow/create", content=content, headers=headers)
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, field)
    assert (await wire.get(ADA, "/ledger/balance")).json()["balances"][0]["held"] == "0.000000"


async def test_terms_at_their_limits_are_agreed_to(wire: Wire) -> None:
    cases = [CASE | {"name": f"{n}"} for n in range(CASES_LIMIT)]
    found = await wire.created(
        terms__title="t" * TITLE_LIMIT_CHARS,
        terms__description="d" * DESCRIPTION_LIMIT_CHARS,
        terms__acceptance=cases,
        terms__delivery_deadline=(wire.house.database.clock.now() + timedelta(days=365)).isoformat(),
    )
    assert (await wire.get(ADA, f"/escrow/{found['escrow_id']}")).json()["terms_hash"] == found["terms_hash"]


async def test_money_that_is_not_there_is_a_402(wire: Wire) -> None:
    assert names(await wire.post(ADA, "/escrow/create", wire.order(amount_usdc="5000")))[:2] == (
        402, "ledger.funds_insufficient"
    )  # fmt: skip


@pytest.mark.parametrize("escrow_id", ["escrow-" + "0" * 32, "x", "escrow-1", "9" * 200, "escrow-" + "0" * 32 + "%00"])
async def test_an_unknown_or_malformed_id_is_a_404_everywhere(wire: Wire, escrow_id: str) -> None:
    assert (await wire.get(ADA, f"/escrow/{escrow_id}")).status_code == 404
    plain = escrow_id.replace("%00", "0")
    for who, path, more in [
        (BO, "/escrow/accept", {}),
        (BO, "/escrow/submit", {"deliverable_url": "https://example.org/x", "deliverable_hash": "a" * 64}),
        (ADA, "/escrow/approve", {}),
        (ADA, "/escrow/reject", {"reason": "no"}),
        (CORA, "/escrow/resolve", {"decision": "refund"}),
    ]:
        answer = await wire.post(who, path, {"escrow_id": plain, **more})
        assert names(answer) == (404, "escrows.unknown", "escrow_id")


async def test_somebody_elses_escrow_is_unknown_and_overseers_see_it(wire: Wire) -> None:
    escrow_id, check_id = await wire.submitted()
    assert (await wire.get(CY, f"/escrow/{escrow_id}")).status_code == 404
    assert (await wire.get(CY, f"/verifier/{check_id}/status")).status_code == 404
    for who in (ADA, BO, CORA, ROOT):
        assert (await wire.get(who, f"/escrow/{escrow_id}")).status_code == 200
        assert (await wire.get(who, f"/verifier/{check_id}/status")).status_code == 200


@pytest.mark.parametrize(
    ("url", "status"),
    [("javascript:alert(1)", 422), ("file:///etc/passwd", 422), ("harmony:sha256/zz", 422), ("ipfs://x", 200)],
)
async def test_an_address_elsewhere_is_of_a_known_kind(wire: Wire, url: str, status: int) -> None:
    escrow_id = await wire.accepted(terms__acceptance=[])
    body = {"escrow_id": escrow_id, "deliverable_url": url, "deliverable_hash": "a" * 64}
    assert (await wire.post(BO, "/escrow/submit", body)).status_code == status


async def test_the_list_is_paged_filtered_and_summed_up(wire: Wire, world: Database) -> None:
    released, _ = await wire.submitted()
    await verifier_jobs.run_pending(world, InMemoryRunner())
    await jobs.settle_verified(world)
    await wire.created(amount_usdc="5")
    await wire.created(amount_usdc="7")
    everything = (await wire.get(ADA, "/escrow/list?limit=2")).json()
    assert everything["pagination"] == {"page": 1, "limit": 2, "total": 3, "has_more": True}
    assert everything["summary"] == {
        "active_as_buyer": 2, "active_as_seller": 0, "completed": 1, "disputed": 0, "total_volume_usdc": "100.000000"
    }  # fmt: skip
    assert len((await wire.get(ADA, "/escrow/list?limit=2&page=2")).json()["escrows"]) == 1
    done = (await wire.get(BO, "/escrow/list?status=completed")).json()
    assert [one["escrow_id"] for one in done["escrows"]] == [released]
    assert (await wire.get(BO, "/escrow/list?status=active")).json()["escrows"] == []
    assert names(await wire.get(BO, f"/escrow/list?address={ADA.id}")) == (403, "escrows.address_foreign", "address")
    assert (await wire.get(CORA, f"/escrow/list?address={ADA.id}")).json()["pagination"]["total"] == 3
    for query in ("limit=101", "limit=0", "page=0", "page=10001", "page=99999999999999999999", "status=open"):
        assert (await wire.get(ADA, f"/escrow/list?{query}")).status_code == 422


def test_every_route_names_its_permission() -> None:
    assert unguarded([*routes.router.routes, *verifier_routes.router.routes]) == []
    assert guards(verifier_routes.router.routes)["GET /api/v1/harmony/verifier/templates"] is None
    assert None not in guards(routes.router.routes).values()


@pytest.mark.parametrize(
    ("who", "method", "path"),
    [
        (BO, "POST", "/escrow/create"),
        (ADA, "POST", "/escrow/accept"),
        (ADA, "POST", "/escrow/submit"),
        (BO, "POST", "/escrow/approve"),
        (BO, "POST", "/escrow/reject"),
        (BO, "POST", "/escrow/resolve"),
        (None, "GET", "/escrow/list"),
        (None, "GET", "/escrow/x"),
        (ADA, "POST", "/deliverables"),
        (None, "GET", "/deliverables/x"),
        (None, "GET", "/verifier/x/status"),
    ],
)
async def test_without_the_permission_nothing_is_even_read(
    wire: Wire, who: Principal | None, method: str, path: str
) -> None:
    headers = {} if who is None else bearer(wire.house, who)
    body = {
        "/escrow/create": wire.order(),
        "/escrow/accept": {"escrow_id": "x"},
        "/escrow/submit": {"escrow_id": "x", "deliverable_url": "ipfs://x", "deliverable_hash": "a" * 64},
        "/escrow/approve": {"escrow_id": "x"},
        "/escrow/reject": {"escrow_id": "x", "reason": "no"},
        "/escrow/resolve": {"escrow_id": "x", "decision": "refund"},
    }.get(path)
    answer = await wire.client.request(method, f"{BASE}{path}", json=body, headers=headers)
    assert answer.status_code == (401 if who is None else 403)
