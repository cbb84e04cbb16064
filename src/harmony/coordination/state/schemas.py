"""Wire shapes of shared state."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from harmony.coordination.events.model import Event, Frame
from harmony.coordination.events.schemas import BroadcastEvent
from harmony.coordination.events.schemas import to_text as plain_text
from harmony.coordination.state.errors import ValueInvalid
from harmony.coordination.state.model import (
    KEY_LIMIT_CHARACTERS,
    KEY_PATTERN,
    LEASE_LIMIT_SECONDS,
    LIFE_LIMIT_SECONDS,
    LOCK_DEFAULT_SECONDS,
    OPERATIONS_LIMIT,
    WAIT_LIMIT_SECONDS,
    Check,
    Delete,
    Fence,
    Lease,
    Lock,
    Operation,
    Past,
    Put,
    Value,
)

Key = Annotated[
    str,
    StringConstraints(pattern=KEY_PATTERN, max_length=KEY_LIMIT_CHARACTERS),
    Field(description="begins with echo:", examples=["echo:global:state"]),
]
KeyBeginning = Annotated[
    str,
    StringConstraints(pattern=r"^[!-.0-~]*$", max_length=KEY_LIMIT_CHARACTERS),
    Field(description="how keys begin", examples=["echo:global:"]),
]
LockName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+([._:-][a-z0-9]+)*$", max_length=64), Field(examples=["sync-leader"])
]
Owner = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", max_length=128)]
Version = Annotated[int, Field(strict=True, ge=0, lt=2**63)]
Token = Annotated[int, Field(strict=True, ge=1, lt=2**63)]
LifeSeconds = Annotated[float, Field(gt=0, le=LIFE_LIMIT_SECONDS, allow_inf_nan=False)]
LeaseSeconds = Annotated[float, Field(ge=1, le=LEASE_LIMIT_SECONDS, allow_inf_nan=False)]
LeaseId = Annotated[str, StringConstraints(pattern=r"^lease-[0-9a-f]{32}$")]


def text_of(value: Any) -> str:
    """How a value is kept: text as it is, anything else as JSON. Raises ``ValueInvalid``."""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise ValueInvalid("this value cannot be kept", field="value") from error
    return text


def reading_of(text: str) -> Any:
    """What a value says: its JSON, or the text itself."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return text


def _refuse_constant(text: str) -> Any:
    raise ValueError(text)


class Living(BaseModel):
    """A life ends after ``ttl_seconds``, or with a lease, or never."""

    ttl_seconds: LifeSeconds | None = None
    lease_id: LeaseId | None = None

    @model_validator(mode="after")
    def one_life(self) -> Living:
        if self.ttl_seconds is not None and self.lease_id is not None:
            raise ValueError("a key has a time to live or a lease, not both")
        return self


class FenceView(BaseModel):
    """Only while this lock has this token."""

    lock: LockName
    token: Token

    def to_fence(self) -> Fence:
        return Fence(self.lock, self.token)


class SetKey(Living):
    """``PUT /state/{key}``. ``if_version`` 0: only if the key does not exist."""

    value: Any
    if_version: Version | None = None
    fence: FenceView | None = None


class SetOne(Living):
    key: Key
    value: Any


class DeleteOne(BaseModel):
    key: Key


class Step(BaseModel):
    """One of both."""

    set: SetOne | None = None
    delete: DeleteOne | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Step:
        if (self.set is None) == (self.delete is None):
            raise ValueError("name one of set and delete")
        return self

    def to_operation(self) -> Operation:
        if self.set is not None:
            return Put(self.set.key, text_of(self.set.value), self.set.ttl_seconds, self.set.lease_id)
        assert self.delete is not None
        return Delete(self.delete.key)


class Condition(BaseModel):
    key: Key
    version: Version

    def to_check(self) -> Check:
        return Check(self.key, self.version)


class Transaction(BaseModel):
    """``POST /state/transactions``: all or nothing, with a message and an event if they are given."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid")

    conditions: Annotated[list[Condition], Field(alias="if", max_length=OPERATIONS_LIMIT)] = Field(default_factory=list)
    steps: Annotated[list[Step], Field(alias="then", max_length=OPERATIONS_LIMIT)] = Field(default_factory=list)
    fence: FenceView | None = None
    message: dict[str, Any] | None = None
    event: BroadcastEvent | None = None

    @model_validator(mode="after")
    def asks_for_something(self) -> Transaction:
        if not (self.conditions or self.steps or self.message or self.event):
            raise ValueError("give conditions, steps, a message or an event")
        return self


class ValueView(BaseModel):
    """A key as it stands: ``text`` as it was set, ``value`` what that says as JSON."""

    key: str
    value: Any
    text: str
    version: int
    changed_by: str
    changed_at: datetime
    expires_at: datetime | None

    @classmethod
    def of(cls, value: Value) -> ValueView:
        return cls(
            key=value.key,
            value=reading_of(value.value),
            text=value.value,
            version=value.version,
            changed_by=value.changed_by,
            changed_at=value.changed_at,
            expires_at=value.expires_at,
        )


class Values(BaseModel):
    """``next_after`` goes on behind this page; None on the last."""

    values: list[ValueView]
    next_after: str | None


class Deleted(BaseModel):
    status: Literal["deleted"] = "deleted"
    key: str


class Transacted(BaseModel):
    """How each key stands, null for a deleted one."""

    status: Literal["done"] = "done"
    values: dict[str, ValueView | None]
    message_id: str | None = None
    event: str | None = None


class PastView(BaseModel):
    """``text`` null: from then on the key did not exist."""

    version: int
    value: Any
    text: str | None
    changed_by: str
    changed_at: datetime

    @classmethod
    def of(cls, past: Past) -> PastView:
        return cls(
            version=past.version,
            value=None if past.value is None else reading_of(past.value),
            text=past.value,
            changed_by=past.changed_by,
            changed_at=past.changed_at,
        )


class History(BaseModel):
    key: str
    versions: list[PastView]


class GrantLease(BaseModel):
    ttl_seconds: LeaseSeconds


class LeaseView(BaseModel):
    lease_id: str
    ttl_seconds: float
    expires_at: datetime

    @classmethod
    def of(cls, lease: Lease) -> LeaseView:
        return cls(lease_id=lease.id, ttl_seconds=lease.ttl_seconds, expires_at=lease.expires_at)


class LeaseEnded(BaseModel):
    status: Literal["ended"] = "ended"
    lease_id: str


class Acquire(BaseModel):
    """``owner`` is how the lock's holder is called, a component_id for an election."""

    owner: Owner
    seconds: LeaseSeconds = LOCK_DEFAULT_SECONDS
    wait: Annotated[float, Field(ge=0, le=WAIT_LIMIT_SECONDS, allow_inf_nan=False)] = 0


class Renew(BaseModel):
    token: Token
    seconds: LeaseSeconds = LOCK_DEFAULT_SECONDS


class Release(BaseModel):
    token: Token


class LockView(BaseModel):
    """``owner`` null: nobody holds it. Show ``token`` as a fence with every change that the lock protects."""

    name: str
    owner: str | None
    token: int
    expires_at: datetime | None

    @classmethod
    def of(cls, lock: Lock) -> LockView:
        return cls(name=lock.name, owner=lock.owner, token=lock.token, expires_at=lock.expires_at)


def to_text(frame: Frame, past: Past | None) -> str:
    """A frame of a watch: ``event`` and the key with the value that this change gave it, as long as that is kept."""
    if not isinstance(frame, Event):
        return plain_text(frame)
    data = {
        "key": frame.data["key"],
        "version": frame.data["version"],
        "move": frame.data["move"],
        "value": reading_of(past.value) if past is not None and past.value is not None else None,
        "text": past.value if past is not None else None,
        "kept": past is not None,
    }
    told = {
        "event": frame.name,
        "data": data,
        "id": frame.id,
        "revision": frame.revision,
        "prev": frame.previous,
        "occurred_at": frame.occurred_at,
    }
    return f"id: {frame.id}\nevent: {frame.name}\ndata: {msgspec.json.encode(told).decode()}\n\n"
