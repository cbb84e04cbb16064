"""Each route of each component, asked by nobody, by somebody without the permission, and by a forged proof.

Every operation of the generated documents is asked, so the list of routes without an authorisation test is empty.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from harmony.adapters.db.pool import Database
from harmony.adapters.workers.pool import Workers
from harmony.apps.components.application import application, document
from harmony.apps.components.component import Component
from harmony.apps.components.declared import COMPONENTS
from harmony.apps.links import wiring
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import GRANTS, LOCAL_ROLE, Principal, permits
from harmony.commons.identity.service import Signer
from harmony.commons.journal.service import Journal

HOST = "harmony.test"
BYSTANDER = Principal("person-bystander", "person", "Bystander", ())


def guarded() -> list[tuple[Component, str, str, str]]:
    """Component, method, path and permission of each operation that is not public."""
    found = []
    for component in COMPONENTS:
        for path, methods in document(component)["paths"].items():
            for method, operation in methods.items():
                if operation["x-permission"] != "public":
                    found.append((component, method.upper(), path, operation["x-permission"]))
    return found


GUARDED = guarded()
IDS = [f"{component.name} {method} {path}" for component, method, path, _ in GUARDED]


@pytest_asyncio.fixture
async def house(database: Database) -> AsyncIterator[House]:
    workers = Workers()
    signer = await Signer.load(database)
    yield House(database, Journal(database), signer, wiring.ports(database, (), workers, Path("/nowhere")))
    workers.close()


async def ask(
    house: House, component: Component, method: str, path: str, proof: str | None, *, client: str = "192.0.2.7"
) -> httpx.Response:
    """An empty request with ids filled in; the guard must answer before anything else is looked at."""
    app = application(component, house, asyncio.Event(), {HOST})
    transport = httpx.ASGITransport(app=app, client=(client, 1), raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {proof}"} if proof else {}
    filled = path
    while "{" in filled:
        before, _, rest = filled.partition("{")
        filled = before + "x-" + "0" * 32 + rest.partition("}")[2]
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as http:
        return await http.request(method, filled, headers=headers)


def proof_of(house: House, principal: Principal) -> str:
    return house.signer.sign(principal, house.database.clock.now().timestamp())


@pytest.mark.parametrize(("component", "method", "path", "permission"), GUARDED, ids=IDS)
async def test_a_guarded_route_refuses_whoever_may_not(
    house: House, component: Component, method: str, path: str, permission: str
) -> None:
    nobody = await ask(house, component, method, path, None)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "identity.sign_in_needed")
    forged = await ask(house, component, method, path, proof_of(house, BYSTANDER)[:-3] + "abc")
    assert (forged.status_code, forged.json()["code"]) == (401, "identity.token_refused")
    bystander = await ask(house, component, method, path, proof_of(house, BYSTANDER))
    assert (bystander.status_code, bystander.json()["details"]["permission"]) == (403, permission)
    if not permits((LOCAL_ROLE,), permission):
        local = await ask(house, component, method, path, None, client="127.0.0.1")
        assert local.status_code == 401, "loopback alone opens only what the orchestra prints"


@pytest.mark.parametrize("role", sorted(set(GRANTS) - {"admin", LOCAL_ROLE}))
async def test_a_role_is_let_in_where_it_is_granted_and_nowhere_else(house: House, role: str) -> None:
    somebody = Principal("person-somebody", "person", "Somebody", (role,))
    for component, method, path, permission in GUARDED:
        if path.endswith(("/subscribe", "/events")) and method == "GET":
            continue  # a stream that is let in does not end; the refusal is tested above
        answer = await ask(house, component, method, path, proof_of(house, somebody))
        allowed = permits((role,), permission)
        refused = answer.status_code == 403 and answer.json()["code"] == "identity.permission_missing"
        assert refused != allowed, f"{role} at {method} {path}: {answer.status_code}"
