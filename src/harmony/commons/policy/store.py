"""The SQL of policy."""

from __future__ import annotations

from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.policy.model import RULES_LIMIT, Rule

RULES_LOCK_KEY = 0x52554C45  # "RULE": changes take turns, so that the limit holds exactly

_LOCK = "SELECT pg_advisory_xact_lock($1)"
_RULES = "SELECT id, from_name, to_names, operations, set_by, set_at FROM access_rules ORDER BY from_name, id LIMIT $1"
_COUNT = "SELECT count(*) FROM access_rules"
# A rule of the same sender and targets is replaced and keeps its id.
_SET = """
INSERT INTO access_rules (id, from_name, to_names, operations, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (from_name, to_names) DO UPDATE SET
    operations = excluded.operations, set_by = excluded.set_by, set_at = excluded.set_at
RETURNING id
"""
_REMOVE = "DELETE FROM access_rules WHERE id = $1 RETURNING from_name"


async def rules(connection: Connection) -> list[Rule]:
    return [
        Rule(
            row["id"], row["from_name"], tuple(row["to_names"]), tuple(row["operations"]), row["set_by"], row["set_at"]
        )
        for row in await connection.fetch(_RULES, RULES_LIMIT)
    ]


async def count(uow: UnitOfWork) -> int:
    """How many there are; nobody else changes that before this transaction ends."""
    await uow.connection.execute(_LOCK, RULES_LOCK_KEY)
    return int(await uow.connection.fetchval(_COUNT))


async def set_rule(uow: UnitOfWork, rule: Rule) -> str:
    """The id under which the rule stands."""
    return str(
        await uow.connection.fetchval(
            _SET, rule.id, rule.from_name, list(rule.to_names), list(rule.operations), rule.set_by, rule.set_at
        )
    )


async def remove(uow: UnitOfWork, rule_id: str) -> str | None:
    """Whose rule it was; None when there is none."""
    found: str | None = await uow.connection.fetchval(_REMOVE, rule_id)
    return found


def _rule(row: Any) -> Rule:
    fields = dict(row)
    return Rule(**fields | {"to_names": tuple(fields["to_names"]), "operations": tuple(fields["operations"])})
