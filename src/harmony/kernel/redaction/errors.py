"""How redaction refuses. No message here ever carries the value that it is about."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, Refusal


class RuleInvalid(Invalid):
    code = "redaction.rule_invalid"
    hint = "Give id, kind, label and a pattern whose repetitions are bounded; see the field named."


class CanaryInvalid(Invalid):
    code = "redaction.canary_invalid"
    hint = "A canary is a known secret of 8 or more characters; register fewer or longer ones."


class CanarySurvived(Refusal):
    code = "redaction.canary_survived"
    status = 500
    hint = "Nothing was sent. Add a rule for this kind of value, then send again."
