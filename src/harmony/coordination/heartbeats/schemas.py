"""Wire shapes of the handshake, as orchestra.md prints them; the fields beyond its prints say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema

from harmony.coordination.heartbeats.model import (
    METRIC_NAME_LIMIT_CHARACTERS,
    METRIC_VALUE_LIMIT,
    METRICS_LIMIT,
    REPORTED_STATUS_LIMIT_CHARACTERS,
    Beat,
    Health,
    Member,
    Status,
)
from harmony.coordination.registry.model import COMPONENT_NAME_LIMIT_CHARACTERS, Component

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


class Heartbeat(BaseModel):
    """``POST /heartbeat``. Fields that are not known are ignored.

    ``timestamp`` must be one but decides nothing: what counts is when the beat arrives. ``status`` is the component's
    own word: ``healthy``, or any other, which is kept and shows the component as degraded.
    """

    model_config = ConfigDict(extra="ignore")

    component_id: ComponentId
    timestamp: Timestamp | None = None
    status: ReportedStatus = "healthy"
    metrics: Annotated[dict[MetricName, MetricValue], Field(max_length=METRICS_LIMIT)] | None = None

    def to_beat(self) -> Beat:
        return Beat(self.component_id, self.status.lower(), self.metrics)


class Acknowledged(BaseModel):
    """The answer of ``POST /heartbeat``; ``commands`` has none to give yet."""

    status: Literal["acknowledged"] = "acknowledged"
    next_heartbeat: Instant
    commands: list[dict[str, Any]] = Field(default_factory=list)


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
