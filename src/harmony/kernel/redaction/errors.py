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


class ValueSlipped(Refusal):
    code = "redaction.value_slipped"
    status = 500
    hint = "Nothing of that part was sent. Add a rule for this kind of value, or allow the value if it is none."


class SessionInvalid(Invalid):
    code = "redaction.session_invalid"
    hint = "Name another session file, or a new one; this one is not changed."
