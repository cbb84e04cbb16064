"""What every message is: a frozen dataclass of JSON-ready facts with a kind and a version.

Kinds read ``plane.noun.verb`` in the past tense: ``settlement.escrow.released``. Money travels as a decimal string
beside its asset; instants as ISO 8601 in UTC; nothing secret and no message text of people travels at all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Message:
    """The root of every message; ``KIND`` and ``VERSION`` are set by the subclass."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1

    def payload(self) -> dict[str, Any]:
        """The facts as a JSON-ready mapping."""
        return asdict(self)


def kinds(root: type[Message] = Message) -> dict[str, type[Message]]:
    """Every kind that imported modules declare, with its class."""
    found = {root.KIND: root} if root.KIND else {}
    for child in root.__subclasses__():
        found |= kinds(child)
    return found
