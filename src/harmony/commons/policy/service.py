"""The verbs of policy: set, remove, list, explain, and refuse."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.commons.policy import store
from harmony.commons.policy.errors import AccessDenied, RuleUnknown, TooManyRules
from harmony.commons.policy.model import RULES_LIMIT, Ask, Decision, Rule, decide
from harmony.messages.coordination import AccessRefusedByRule, AccessRuleRemoved, AccessRuleSet

RULES = "access rules"
"""The topic under which a process remembers rules and what they decided: told by ``access_rules``."""


async def set_rule(uow: UnitOfWork, from_name: str, to_names: Collection[str], operations: Collection[str]) -> Rule:
    """Allow ``from_name`` these operations on these targets; the rule of the same sender and targets is replaced.

    Raises ``TooManyRules``.
    """
    targets, allowed = tuple(sorted(set(to_names))), tuple(sorted(set(operations)))
    if await store.count(uow) >= RULES_LIMIT:
        raise TooManyRules(f"there are {RULES_LIMIT} rules", details={"limit": RULES_LIMIT})
    rule = Rule(uow.ids.new("rule"), from_name, targets, allowed, uow.actor, uow.now)
    rule = replace(rule, id=await store.set_rule(uow, rule))
    uow.changed(RULES)
    await append(uow, AccessRuleSet(rule.id, from_name, list(targets), list(allowed)), subject=rule.id)
    return rule


async def remove_rule(uow: UnitOfWork, rule_id: str) -> None:
    """Raises ``RuleUnknown``."""
    from_name = await store.remove(uow, rule_id)
    if from_name is None:
        raise RuleUnknown("there is no such rule", field="rule_id")
    uow.changed(RULES)
    await append(uow, AccessRuleRemoved(rule_id, from_name), subject=rule_id)


async def list_rules(connection: Connection) -> list[Rule]:
    return await store.rules(connection)


async def explain(connection: Connection, ask: Ask, *, token_needed: bool) -> Decision:
    """Whether it would be allowed, and which rule says so. Nothing is done and nothing is logged."""
    return decide(await store.rules(connection), ask, token_needed=token_needed)


async def check(database: Database, ask: Ask, *, token_needed: bool, actor: str, trace: str) -> None:
    """Raises ``AccessDenied``, which is then in the log."""
    [denied] = await check_all(database, [ask], token_needed=token_needed, actor=actor, trace=trace)
    if denied is not None:
        raise denied


async def check_all(
    database: Database, asks: Sequence[Ask], *, token_needed: bool, actor: str, trace: str
) -> list[AccessDenied | None]:
    """For each what is to be refused, which is then in the log; None where it is allowed."""
    decided = {ask: await _decided(database, ask, token_needed) for ask in dict.fromkeys(asks)}
    denied = [ask for ask in asks if not decided[ask].allowed]
    if denied:
        async with database.begin(actor=actor, trace=trace) as uow:
            for ask in denied:
                told = AccessRefusedByRule(ask.from_name, ask.to_name, ask.operation, _rule_id(decided[ask]))
                await append(uow, told, subject=ask.from_name)
    return [None if decided[ask].allowed else _denial(ask, decided[ask]) for ask in asks]


async def _decided(database: Database, ask: Ask, token_needed: bool) -> Decision:
    """By the rules as they are; remembered until one of them changes."""
    known: Decision | None = database.memory.recall(RULES, (ask, token_needed))
    if known is not None:
        return known

    async def read() -> list[Rule]:
        async with database.reading() as connection:
            return await store.rules(connection)

    async def judge() -> Decision:
        rules = await database.memory.recall_or(RULES, None, read)
        return decide(rules or (), ask, token_needed=token_needed)

    found = await database.memory.recall_or(RULES, (ask, token_needed), judge)
    assert found is not None, "every question is decided"
    return found


def _denial(ask: Ask, decision: Decision) -> AccessDenied:
    details = {"from": ask.from_name, "to": ask.to_name, "operation": ask.operation, "rule_id": _rule_id(decision)}
    return AccessDenied(f"{decision.reason}", field="to", details=details)


def _rule_id(decision: Decision) -> str | None:
    return decision.rule.id if decision.rule else None
