"""The verbs of policy: set, remove, list, explain, and refuse."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.commons.policy import store
from harmony.commons.policy.errors import AccessDenied, RuleUnknown, TooManyRules
from harmony.commons.policy.model import RULES_LIMIT, Ask, Decision, Rule, decide
from harmony.messages.coordination import AccessRefusedByRule, AccessRuleRemoved, AccessRuleSet


async def set_rule(uow: UnitOfWork, from_name: str, to_names: Collection[str], operations: Collection[str]) -> Rule:
    """Allow ``from_name`` these operations on these targets; the rule of the same sender and targets is replaced.

    Raises ``TooManyRules``.
    """
    targets, allowed = tuple(sorted(set(to_names))), tuple(sorted(set(operations)))
    if await store.count(uow) >= RULES_LIMIT:
        raise TooManyRules(f"there are {RULES_LIMIT} rules", details={"limit": RULES_LIMIT})
    rule = Rule(uow.ids.new("rule"), from_name, targets, allowed, uow.actor, uow.now)
    rule = replace(rule, id=await store.set_rule(uow, rule))
    await append(uow, AccessRuleSet(rule.id, from_name, list(targets), list(allowed)), subject=rule.id)
    return rule


async def remove_rule(uow: UnitOfWork, rule_id: str) -> None:
    """Raises ``RuleUnknown``."""
    from_name = await store.remove(uow, rule_id)
    if from_name is None:
        raise RuleUnknown("there is no such rule", field="rule_id")
    await append(uow, AccessRuleRemoved(rule_id, from_name), subject=rule_id)


async def list_rules(connection: Connection) -> list[Rule]:
    return await store.rules(connection)


async def explain(connection: Connection, ask: Ask, *, token_needed: bool) -> Decision:
    """Whether it would be allowed, and which rule says so. Nothing is done and nothing is logged."""
    return decide(await store.rules(connection), ask, token_needed=token_needed)


async def check(database: Database, ask: Ask, *, token_needed: bool, actor: str, trace: str) -> None:
    """Raises ``AccessDenied``, which is then in the log."""
    async with database.reading() as connection:
        decision = await explain(connection, ask, token_needed=token_needed)
    if decision.allowed:
        return
    rule_id = decision.rule.id if decision.rule else None
    async with database.begin(actor=actor, trace=trace) as uow:
        told = AccessRefusedByRule(ask.from_name, ask.to_name, ask.operation, rule_id)
        await append(uow, told, subject=ask.from_name)
    details = {"from": ask.from_name, "to": ask.to_name, "operation": ask.operation, "rule_id": rule_id}
    raise AccessDenied(f"{decision.reason}", field="to", details=details)
