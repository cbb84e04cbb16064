"""``POST /request`` over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter

from harmony.adapters.db.idempotency import Claim
from harmony.adapters.http.problems import Problem
from harmony.commons.identity.edge import Edge, House, requires
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.requests import service
from harmony.coordination.requests.ports import Carrier
from harmony.coordination.requests.schemas import Answered, SendRequest
from harmony.coordination.requests.service import Exchange
from harmony.coordination.requests.switchboard import Switchboard

PROBLEM: dict[str, Any] = {"model": Problem}
REFUSALS: dict[int | str, dict[str, Any]] = dict.fromkeys((403, 409, 422, 502, 503, 504, 508), PROBLEM)

router = APIRouter(tags=["requests"])


@router.post("/request", responses=REFUSALS)
async def request(body: SendRequest, edge: Annotated[Edge, requires("requests.send")]) -> Answered:
    """Ask another component and wait for its answer, at most ``timeout_seconds``.

    Nobody who could answer is refused at once (503), a component that cannot be reached (503) or stays silent (504)
    at its deadline. With an Idempotency-Key the request has one effect, however often it is sent.
    """
    key = None if edge.key is None else Claim(edge.caller.id, edge.route, edge.key).key
    message, component_id, response = await service.ask(
        exchange_of(edge.house), edge.caller, body.to_wanted(), key, edge.trace
    )
    return Answered.of(message, component_id, response)


def exchange_of(house: House) -> Exchange:
    return Exchange(
        database=house.database,
        pulse=house.port(Pulse),
        switchboard=house.port(Switchboard),
        carrier=house.port(Carrier),
        token_needed=not house.local_allowed,
    )
