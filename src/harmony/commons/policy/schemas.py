"""Wire shapes of access rules, as orchestra.md prints the call."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from harmony.commons.policy.model import (
    OPERATIONS_LIMIT,
    PATTERN_LIMIT_CHARACTERS,
    TARGETS_LIMIT,
    Decision,
    Rule,
)

Pattern = Annotated[
    str,
    StringConstraints(pattern=r"^([a-z0-9][a-z0-9.-]*\*?|\*)$", max_length=PATTERN_LIMIT_CHARACTERS),
    Field(description="a component's name, or a beginning followed by *", examples=["echo-git-sync", "global-*"]),
]
Operation = Annotated[
    str,
    StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*\*?|\*)$", max_length=PATTERN_LIMIT_CHARACTERS),
    Field(description="a request's type, read, write, or a beginning followed by *", examples=["read", "sync-*"]),
]


class SetRule(BaseModel):
    """``POST /access-control``. From then on ``from`` may do only what its rules allow."""

    model_config = ConfigDict(extra="ignore")

    from_name: Pattern = Field(alias="from")
    to: Annotated[list[Pattern], Field(min_length=1, max_length=TARGETS_LIMIT)]
    allowed_operations: Annotated[list[Operation], Field(max_length=OPERATIONS_LIMIT)]


class RuleView(BaseModel):
    """One rule."""

    rule_id: str
    from_name: str = Field(alias="from")
    to: list[str]
    allowed_operations: list[str]
    set_by: str
    set_at: datetime

    @classmethod
    def of(cls, rule: Rule) -> Self:
        return cls.model_validate(
            {
                "rule_id": rule.id,
                "from": rule.from_name,
                "to": rule.to_names,
                "allowed_operations": rule.operations,
                "set_by": rule.set_by,
                "set_at": rule.set_at,
            }
        )


class RuleSet(RuleView):
    """The answer of ``POST /access-control``."""

    status: Literal["configured"] = "configured"


class Rules(BaseModel):
    rules: list[RuleView]


class RuleRemoved(BaseModel):
    status: Literal["removed"] = "removed"
    rule_id: str


class Explained(BaseModel):
    """Whether it would be allowed, and which rule decided."""

    allowed: bool
    reason: str
    rule: RuleView | None

    @classmethod
    def of(cls, decision: Decision) -> Explained:
        rule = None if decision.rule is None else RuleView.of(decision.rule)
        return cls(allowed=decision.allowed, reason=decision.reason, rule=rule)
