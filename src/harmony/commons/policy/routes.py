"""``/access-control`` over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.adapters.http.problems import Problem
from harmony.commons.identity.edge import Edge, requires
from harmony.commons.policy import service
from harmony.commons.policy.model import Ask
from harmony.commons.policy.schemas import Explained, Operation, Pattern, RuleRemoved, Rules, RuleSet, RuleView, SetRule

PROBLEM: dict[str, Any] = {"model": Problem}

router = APIRouter(prefix="/access-control", tags=["access"])


@router.post("", response_model=RuleSet, responses={409: PROBLEM, 422: PROBLEM})
async def set_rule(body: SetRule, edge: Annotated[Edge, requires("access.manage")]) -> JSONResponse:
    """Restrict which components may communicate: the sender may do only what its rules allow."""

    async def work(uow: UnitOfWork) -> RuleSet:
        rule = await service.set_rule(uow, body.from_name, body.to, body.allowed_operations)
        return RuleSet.of(rule)

    return await edge.once(body, work)


@router.get("")
async def list_rules(edge: Annotated[Edge, requires("access.manage")]) -> Rules:
    """Every rule there is, by its sender."""
    async with edge.reading() as connection:
        return Rules(rules=[RuleView.of(rule) for rule in await service.list_rules(connection)])


@router.get("/explain", responses={422: PROBLEM})
async def explain(
    edge: Annotated[Edge, requires("access.manage")],
    from_name: Annotated[Pattern, Query(alias="from")],
    to: Annotated[Pattern, Query()],
    operation: Annotated[Operation, Query()],
) -> Explained:
    """Would it be allowed, and which rule says so? Nothing is done."""
    async with edge.reading() as connection:
        ask = Ask(from_name, to, operation)
        return Explained.of(await service.explain(connection, ask, token_needed=not edge.house.local_allowed))


@router.delete("/{rule_id}", responses={404: PROBLEM})
async def remove_rule(
    rule_id: Annotated[str, Path(max_length=64, pattern=r"^[a-z0-9-]+$")],
    edge: Annotated[Edge, requires("access.manage")],
) -> RuleRemoved:
    """Take a rule away."""
    async with edge.begin() as uow:
        await service.remove_rule(uow, rule_id)
    return RuleRemoved(rule_id=rule_id)
