"""Wire shapes of requests: over HTTP, and the frames of a stream."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from harmony.coordination.heartbeats.schemas import ComponentId, Heartbeat
from harmony.coordination.registry.schemas import ComponentName
from harmony.coordination.requests.model import (
    PAYLOAD_LIMIT_BYTES,
    REQUEST_TYPE_LIMIT_CHARACTERS,
    TIMEOUT_DEFAULT_SECONDS,
    TIMEOUT_LIMIT_SECONDS,
    VIA_LIMIT,
    Message,
)
from harmony.coordination.requests.service import Wanted


def _small(payload: Any) -> Any:
    if len(json.dumps(payload)) > PAYLOAD_LIMIT_BYTES:
        raise ValueError
    return payload


RequestType = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=REQUEST_TYPE_LIMIT_CHARACTERS),
    Field(examples=["get-sync-status", "ping"]),
]
Payload = Annotated[Any, AfterValidator(_small), Field(description=f"JSON of at most {PAYLOAD_LIMIT_BYTES} bytes")]


class SendRequest(BaseModel):
    """``POST /request``. ``to`` is a component's name or the id of one.

    ``idempotent`` says that it may be sent twice; ``via`` is passed on from the request that this one serves.
    """

    model_config = ConfigDict(extra="ignore")

    from_name: ComponentName = Field(alias="from")
    to: ComponentId
    request_type: RequestType
    payload: Payload = None
    timeout_seconds: Annotated[float, Field(gt=0, le=TIMEOUT_LIMIT_SECONDS, allow_inf_nan=False)] = (
        TIMEOUT_DEFAULT_SECONDS
    )
    idempotent: bool = False
    via: Annotated[list[ComponentName], Field(max_length=VIA_LIMIT)] = Field(default_factory=list)

    def to_wanted(self) -> Wanted:
        return Wanted(
            self.from_name,
            self.to,
            self.request_type,
            self.payload,
            self.timeout_seconds,
            self.idempotent,
            tuple(self.via),
        )


class Answered(BaseModel):
    """The answer of ``POST /request``: which component answered, and what."""

    status: Literal["answered"] = "answered"
    request_id: str
    from_name: str = Field(serialization_alias="from")
    to: str
    component_id: str
    request_type: str
    response: Any

    @classmethod
    def of(cls, message: Message, component_id: str, response: Any) -> Answered:
        return cls(
            request_id=message.id,
            from_name=message.from_name,
            to=message.to_name,
            component_id=component_id,
            request_type=message.request_type,
            response=response,
        )


class BeatFrame(Heartbeat):
    """A heartbeat over the stream."""

    type: Literal["beat"]


class ReplyFrame(BaseModel):
    """The answer to a ``request`` frame."""

    type: Literal["reply"]
    request_id: Annotated[str, StringConstraints(pattern=r"^request-[0-9a-f]{32}$")]
    status: Annotated[int, Field(ge=200, le=599)] = 200
    body: Any = None


class ByeFrame(BaseModel):
    """The stream is ended on purpose: nobody is called crashed for it."""

    type: Literal["bye"]


MemberFrame = Annotated[BeatFrame | ReplyFrame | ByeFrame, Field(discriminator="type")]
MEMBER_FRAME: TypeAdapter[BeatFrame | ReplyFrame | ByeFrame] = TypeAdapter(MemberFrame)
