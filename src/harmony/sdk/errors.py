"""What can go wrong between a member and its Conductor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmony.kernel.errors import Refusal, Unavailable


class ConductorAway(Unavailable):
    code = "sdk.conductor_away"
    hint = "Check that the Conductor runs at this address; members go on trying by themselves."


class Refused(Refusal):
    """The Conductor, or the component that was asked, refused; ``refusal_code`` is its stable code."""

    code = "sdk.refused"
    hint = "Read refusal_code and the details; docs/reference/errors.md lists the codes."

    def __init__(self, refusal_code: str, message: str, details: Mapping[str, Any], http_status: int) -> None:
        super().__init__(message, details=details)
        self.refusal_code = refusal_code
        self.http_status = http_status


class Rejected(Exception):
    """To be raised by a handler: the request is answered with ``status`` (400 to 599) and ``body``."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(f"rejected with {status}")
        self.status = status
        self.body = body
