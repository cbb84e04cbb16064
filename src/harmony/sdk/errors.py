"""What can go wrong between a member and its Conductor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harmony.kernel.errors import Forbidden, Invalid, Refusal, Unavailable


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


class SealInvalid(Invalid):
    code = "sdk.seal_invalid"
    hint = "Open only what KeyRing.seal made, as it was sent."


class SealNotForYou(Forbidden):
    code = "sdk.seal_not_for_you"
    hint = "This was sealed for another message: ask its sender, and treat who sent it on as hostile."


class SealKeyUnknown(Forbidden):
    code = "sdk.seal_key_unknown"
    hint = "Put the key of this id into the ring; keep old keys until nothing that they sealed is on its way."


class SealKeyWrong(Forbidden):
    code = "sdk.seal_key_wrong"
    hint = "Give sender and receiver the same key under this id."


class SealBroken(Forbidden):
    code = "sdk.seal_broken"
    hint = "Ask the sender to send it again; do not use any of it."
