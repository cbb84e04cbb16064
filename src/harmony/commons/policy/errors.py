"""Refusals of policy."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, NotFound


class AccessDenied(Forbidden):
    code = "policy.access_denied"
    hint = "GET /access-control/explain tells which rule decided; POST /access-control sets another."


class RuleUnknown(NotFound):
    code = "policy.rule_unknown"
    hint = "GET /access-control lists the rules."


class TooManyRules(Conflict):
    code = "policy.too_many_rules"
    hint = "Join rules with wildcards, or remove some that are not needed."
