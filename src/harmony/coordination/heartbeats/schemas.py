"""Wire shapes of the handshake, as orchestra.md prints them; the fields beyond its prints say so."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema

from harmony.coordination.heartbeats.doubt import Grace
from harmony.coordination.heartbeats.model import (
    BATCH_LIMIT_BEATS,
    COMMAND_ARGUMENTS_LIMIT_BYTES,
    COMMAND_LIFE_DEFAULT_SECONDS,
    COMMAND_LIFE_LIMIT_SECONDS,
    COMMAND_LIMIT_CHARACTERS,
    COMMANDS_LIMIT,
    METRIC_NAME_LIMIT_CHARACTERS,
    METRIC_VALUE_LIMIT,
    METRICS_LIMIT,
    REPORTED_STATUS_LIMIT_CHARACTERS,
    STATUS_OF,
    Accepted,
    Beat,
    Change,
    Command,
    Health,
    Lease,
    Member,
    Status,
)
from harmony.coordination.registry.model import COMPONENT_NAME_LIMIT_CHARACTERS, Component
from harmony.coordination.registry.schemas import Reason

COMPONENT_ID_LIMIT_CHARACTERS = COMPONENT_NAME_LIMIT_CHARACTERS + 11
TIMESTAMP_LIMIT_CHARACTERS = 64


def _printed(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _whole_if_it_is(value: float) -> int | float:
    """JSON has one kind of number: 150 stays 150."""
    return int(value) if value.is_integer() else value


def _an_instant(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Instant = Annotated[
    datetime, PlainSerializer(_printed, return_type=str), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""Whole seconds in UTC with ``Z``, as the specification prints them."""
ComponentId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9.-]+$", max_length=COMPONENT_ID_LIMIT_CHARACTERS),
    Field(examples=["sherlock-hub-001"]),
]
ReportedStatus = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=REPORTED_STATUS_LIMIT_CHARACTERS)
]
MetricName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_.:/-]*$", max_length=METRIC_NAME_LIMIT_CHARACTERS)
]
MetricValue = Annotated[
    float,
    Field(strict=True, allow_inf_nan=False, ge=-METRIC_VALUE_LIMIT, le=METRIC_VALUE_LIMIT),
    AfterValidator(_whole_if_it_is),
]
Timestamp = Annotated[
    str,
    StringConstraints(max_length=TIMESTAMP_LIMIT_CHARACTERS),
    AfterValidator(_an_instant),
    Field(description="ISO 8601, with or without a zone", examples=["2025-12-17T19:45:05Z"]),
]


CommandId = Annotated[str, StringConstraints(pattern=r"^command-[0-9a-f]{32}$")]
CommandName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=COMMAND_LIMIT_CHARACTERS)
]


def _small(arguments: dict[str, Any]) -> dict[str, Any]:
    if len(json.dumps(arguments)) > COMMAND_ARGUMENTS_LIMIT_BYTES:
        raise ValueError
    return arguments


Arguments = Annotated[
    dict[str, Any],
    AfterValidator(_small),
    Field(description=f"at most {COMMAND_ARGUMENTS_LIMIT_BYTES} bytes as JSON"),
]


class Registered(BaseModel):
    """The answer of ``POST /register``."""

    status: Literal["registered"] = "registered"
    component_id: str
    heartbeat_interval: int
    next_heartbeat: Instant

    @classmethod
    def of(cls, component: Component, now: datetime) -> Registered:
        interval_seconds = component.heartbeat_interval_seconds
        return cls(
            component_id=component.id,
            heartbeat_interval=interval_seconds,
            next_heartbeat=now + timedelta(seconds=interval_seconds),
        )


class Agreed(Registered):
    """The answer to a component that said which protocol versions it speaks: with the one that is used."""

    protocol_version: int
    incarnation: int

    @classmethod
    def of(cls, component: Component, now: datetime) -> Agreed:
        printed = Registered.of(component, now)
        return cls(
            **printed.model_dump(), protocol_version=component.protocol_version, incarnation=component.incarnation
        )


class Heartbeat(BaseModel):
    """``POST /heartbeat``. The time that is written in it decides nothing; metrics are kept until others are sent.

    ``acknowledged`` names commands that need not be told again. With ``incarnation`` and a growing ``sequence`` a beat
    that comes twice or too late changes nothing.
    """

    model_config = ConfigDict(extra="ignore")

    component_id: ComponentId
    timestamp: Timestamp | None = None
    status: ReportedStatus = "healthy"
    metrics: Annotated[dict[MetricName, MetricValue], Field(max_length=METRICS_LIMIT)] | None = None
    acknowledged: Annotated[list[CommandId], Field(max_length=COMMANDS_LIMIT)] = Field(default_factory=list)
    incarnation: Annotated[int, Field(strict=True, ge=1)] | None = None
    sequence: Annotated[int, Field(strict=True, ge=0, le=METRIC_VALUE_LIMIT)] | None = None

    def to_beat(self) -> Beat:
        return Beat(
            self.component_id,
            self.status.lower(),
            self.metrics,
            tuple(self.acknowledged),
            self.incarnation,
            self.sequence,
        )


class Heartbeats(BaseModel):
    """``POST /heartbeat/batch``: the beats of many, each judged by itself."""

    heartbeats: Annotated[list[Heartbeat], Field(min_length=1, max_length=BATCH_LIMIT_BEATS)]


class CommandView(BaseModel):
    """What a component is to do; it is told again with each answer until the id comes back in ``acknowledged``."""

    command_id: str
    command: str
    arguments: dict[str, Any]
    issued_at: Instant
    expires_at: Instant

    @classmethod
    def of(cls, command: Command) -> CommandView:
        return cls(
            command_id=command.id,
            command=command.command,
            arguments=dict(command.arguments),
            issued_at=command.issued_at,
            expires_at=command.expires_at,
        )


class Acknowledged(BaseModel):
    """The answer of ``POST /heartbeat``."""

    status: Literal["acknowledged"] = "acknowledged"
    next_heartbeat: Instant
    commands: list[CommandView] = Field(default_factory=list)

    @classmethod
    def of(cls, accepted: Accepted) -> Acknowledged:
        commands = [CommandView.of(command) for command in accepted.commands]
        return cls(next_heartbeat=accepted.next_beat_at, commands=commands)


class AcknowledgedOne(Acknowledged):
    component_id: str


class RefusedOne(BaseModel):
    """A beat of a batch that was refused; the others are not touched by it."""

    component_id: str
    status: Literal["refused"] = "refused"
    code: str
    message: str
    hint: str


class AcknowledgedMany(BaseModel):
    """The answer of ``POST /heartbeat/batch``, in the order of the beats."""

    status: Literal["acknowledged"] = "acknowledged"
    results: list[AcknowledgedOne | RefusedOne]


class Deregister(BaseModel):
    """``POST /deregister``."""

    model_config = ConfigDict(extra="ignore")

    component_id: ComponentId
    reason: Reason = "it left"


class Deregistered(BaseModel):
    status: Literal["deregistered"] = "deregistered"
    component_id: str


class Drain(BaseModel):
    """``POST /services/{component_id}/drain``."""

    model_config = ConfigDict(extra="forbid")

    draining: bool = True


class IssueCommand(BaseModel):
    """``POST /services/{component_id}/commands``."""

    model_config = ConfigDict(extra="forbid")

    command: CommandName
    arguments: Arguments = Field(default_factory=dict)
    life_seconds: Annotated[int, Field(ge=1, le=COMMAND_LIFE_LIMIT_SECONDS)] = COMMAND_LIFE_DEFAULT_SECONDS


class Commands(BaseModel):
    commands: list[CommandView]


class Service(BaseModel):
    """One component of ``GET /services``. From ``host`` on, beyond the specification's print.

    ``routable`` false marks a component that gave itself the name of one of Harmony's own without their token: it is
    listed, requests are never routed to it. ``reported_status`` is the component's own last word, ``since`` when it
    became as it is.
    """

    component_id: str
    component: str
    version: str
    port: int
    status: Status
    capabilities: list[str]
    last_heartbeat: Instant
    host: str
    routable: bool
    incarnation: int
    reported_status: str
    since: Instant
    health_check_url: str | None
    namespace: str
    zone: str | None
    weight: int
    draining: bool

    @classmethod
    def of(cls, member: Member) -> Service:
        component, lease = member.component, member.lease
        return cls(
            component_id=component.id,
            component=component.component,
            version=component.version,
            port=component.port,
            status=lease.status,
            capabilities=list(component.capabilities),
            last_heartbeat=lease.last_beat_at,
            host=component.host,
            routable=component.routable,
            incarnation=component.incarnation,
            reported_status=lease.reported_status,
            since=lease.since,
            health_check_url=component.health_check_url,
            namespace=component.namespace,
            zone=component.zone,
            weight=component.weight,
            draining=component.draining,
        )


class Services(BaseModel):
    """The answer of ``GET /services``."""

    services: list[Service]


class HealthView(BaseModel):
    """The answer of ``GET /health``: ``starting`` (503) until every expected component is there."""

    status: Literal["healthy", "starting"]
    timestamp: Instant
    expected: list[str]
    missing: list[str]

    @classmethod
    def of(cls, health: Health, now: datetime) -> HealthView:
        return cls(
            status="starting" if health.missing else "healthy",
            timestamp=now,
            expected=list(health.expected),
            missing=list(health.missing),
        )


class ChangeView(BaseModel):
    """One change of status: the cause, and in ``evidence`` what was known at that moment."""

    at: datetime
    previous: Status | None
    status: Status
    state: str
    cause: str
    evidence: dict[str, Any]
    trace: str

    @classmethod
    def of(cls, change: Change) -> ChangeView:
        return cls(
            at=change.at,
            previous=None if change.previous is None else STATUS_OF[change.previous],
            status=STATUS_OF[change.state],
            state=change.state,
            cause=change.cause,
            evidence=dict(change.facts),
            trace=change.trace,
        )


class Why(BaseModel):
    """The answer of ``GET /services/{component_id}/why``, newest change first.

    ``spared_until`` is set while the Conductor doubts itself rather than this component.
    """

    component_id: str
    status: Status
    state: str
    since: datetime
    last_heartbeat: datetime
    lease_ends_at: datetime | None
    good_beats: int
    damped_until: datetime | None
    spared_until: datetime | None
    changes: list[ChangeView]

    @classmethod
    def of(cls, lease: Lease, changes: list[Change], spared: datetime | None) -> Why:
        return cls(
            component_id=lease.component_id,
            status=lease.status,
            state=lease.state,
            since=lease.since,
            last_heartbeat=lease.last_beat_at,
            lease_ends_at=lease.expires_at,
            good_beats=lease.good_beats,
            damped_until=lease.damped_until,
            spared_until=spared,
            changes=[ChangeView.of(change) for change in changes],
        )


class GraceView(BaseModel):
    """A time in which the Conductor doubted itself: why, how many leases it spared, until when, and who ended it."""

    grace_id: str
    cause: Literal["restarted", "lagged", "clock", "mass"]
    evidence: dict[str, Any]
    leases: int
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    ended_by: str | None

    @classmethod
    def of(cls, grace: Grace) -> GraceView:
        return cls(
            grace_id=grace.id,
            cause=grace.cause,
            evidence=dict(grace.facts),
            leases=grace.leases,
            began_at=grace.began_at,
            ends_at=grace.ends_at,
            ended_at=grace.ended_at,
            ended_by=grace.ended_by,
        )


class Graces(BaseModel):
    """The answer of ``GET /grace``, newest first."""

    doubting: bool
    graces: list[GraceView]
