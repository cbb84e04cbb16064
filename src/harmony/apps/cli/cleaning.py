"""A digest as it may be shown or handed on: without secrets and personal data. Loaded when there is something to hide.

Names of failed tests are looked through for secrets only: an address in a name is what the test is called.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from harmony.assist.problems.digest.model import Digest
from harmony.assist.problems.plain import plain
from harmony.kernel.redaction.rules import RuleSet, shipped
from harmony.kernel.redaction.service import redact
from harmony.kernel.redaction.session import Session


def cleaned(digest: Digest) -> Digest:
    """The digest with every text redacted; one numbering of placeholders through all of it."""
    session, names = Session(restorable=False), Session(_secrets(), restorable=False)

    def clean(text: str) -> str:
        return redact(plain(text), session).text

    return replace(
        digest,
        status_reason=clean(digest.status_reason),
        failed_tests=tuple(replace(test, name=redact(test.name, names).text) for test in digest.failed_tests),
        decisive_lines=tuple(replace(line, text=clean(line.text)) for line in digest.decisive_lines),
        failing_command=clean(digest.failing_command) if digest.failing_command else None,
        environment={key: clean(value) for key, value in digest.environment.items()},
    )


@cache
def _secrets() -> RuleSet:
    return RuleSet(rule for rule in shipped().rules if rule.kind != "personal")
