"""What a CI service is to the digest: the lines with which it frames the work."""

from __future__ import annotations

from dataclasses import dataclass

from harmony.assist.problems.digest.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Service:
    """Lines by what they say; each pattern is tried on lines whose first word is among ``heads``.

    ``step``: a command begins (its text in ``message``); ``step_failed``: the command before ended badly;
    ``failed``, ``passed``, ``cancelled``: how the whole ended. Of several, the strongest holds: cancelled, then
    failed, then passed. ``known_by`` is enough to name the service.
    """

    name: str
    heads: tuple[str, ...]
    known_by: Pattern
    step: Pattern | None = None
    step_failed: Pattern | None = None
    failed: Pattern | None = None
    passed: Pattern | None = None
    cancelled: Pattern | None = None
