"""Wire shapes of alerts and of the dashboard, as orchestra.md prints them; what is beyond its prints has a default."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from harmony.commons.notifications.schemas import ChannelName
from harmony.coordination.alerts.condition import CONDITION_LIMIT_CHARACTERS
from harmony.coordination.alerts.model import counters, overall_status, uptime_seconds
from harmony.coordination.alerts.rules import (
    BY_LIMIT,
    CHANNELS_LIMIT,
    COMPONENTS_LIMIT,
    FOR_LIMIT_SECONDS,
    GROUP_BY_LIMIT,
    INTERVAL_DEFAULT_SECONDS,
    INTERVAL_LIMIT_SECONDS,
    MATCHERS_LIMIT,
    MUTE_TIMES_LIMIT,
    REPEAT_LEAST_SECONDS,
    REPEAT_LIMIT_SECONDS,
    RULE_LABELS_LIMIT,
    RULE_NAME_LIMIT_CHARACTERS,
    SILENCE_LIMIT_SECONDS,
    SUMMARY_LIMIT_CHARACTERS,
    Alert,
    Match,
    MuteTime,
    Rule,
    Severity,
    Silence,
    State,
)
from harmony.coordination.alerts.service.rehearse import Rehearsal
from harmony.coordination.heartbeats.doubt import Grace
from harmony.coordination.heartbeats.model import Member, Status
from harmony.coordination.heartbeats.schemas import ComponentId, GraceView, Instant
from harmony.coordination.metrics.schemas import LabelName, LabelValue, Since


class ComponentLine(BaseModel):
    """One component: with the counters (``…_total``) that it reports beside ``errors``, and all its ``metrics``."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int | float]

    component_id: str
    status: Status
    uptime_seconds: int
    errors: int | float
    last_heartbeat: Instant
    metrics: dict[str, int | float]

    @classmethod
    def of(cls, member: Member, now: datetime) -> ComponentLine:
        lease = member.lease
        line = {
            "component_id": lease.component_id,
            "status": lease.status,
            "uptime_seconds": uptime_seconds(member.component.registered_at, lease, now),
            "last_heartbeat": lease.last_beat_at,
            "metrics": dict(lease.metrics),
        }
        return cls.model_validate(counters(lease.metrics) | line)


class Dashboard(BaseModel):
    """The answer of ``GET /dashboard``. ``doubt`` is there only while the Conductor doubts itself: then silence moves
    nobody who was heard of before, and the statuses are as old as that."""

    timestamp: Instant
    overall_status: Status
    components: list[ComponentLine]
    doubt: GraceView | None = None

    @classmethod
    def of(cls, members: list[Member], grace: Grace | None, now: datetime) -> Dashboard:
        lines = [ComponentLine.of(member, now) for member in members]
        told: dict[str, object] = {"timestamp": now, "overall_status": overall_status(members), "components": lines}
        if grace is not None and grace.ended_at is None:
            told["doubt"] = GraceView.of(grace)
        return cls.model_validate(told)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}


def _seconds(given: Any) -> Any:
    """``30``, ``"30s"``, ``"5m"``, ``"1h"`` or ``"1d"`` in seconds; anything else for the check that follows."""
    if isinstance(given, str) and 1 < len(given) < 12 and given[:-1].isascii() and given[:-1].isdecimal():
        return int(given[:-1]) * _UNITS[given[-1]] if given[-1] in _UNITS else given
    return given


def _a_zone(name: str) -> str:
    ZoneInfo(name)  # a key that is a path, or unknown, is a ValueError or a KeyError
    return name


def _zone(name: str) -> str:
    try:
        return _a_zone(name)
    except (KeyError, OSError) as error:
        raise ValueError from error


AlertName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$", max_length=RULE_NAME_LIMIT_CHARACTERS)
]
Duration = Annotated[
    float,
    BeforeValidator(_seconds),
    Field(ge=0, allow_inf_nan=False, description='seconds, or with a unit: "30s", "5m", "1h", "1d"'),
]
Lasting = Annotated[Duration, Field(le=FOR_LIMIT_SECONDS)]
GroupLabel = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=32)]
Zone = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", max_length=64), AfterValidator(_zone)
]


class MuteTimeView(BaseModel):
    """On these days from one time of day to another (over midnight if that is earlier), in a time zone."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1, max_length=7)]
    begins: time
    ends: time
    zone: Zone = "UTC"

    def to_model(self) -> MuteTime:
        days = tuple(sorted(DAYS.index(day) for day in set(self.days)))
        return MuteTime(days, self.begins.replace(tzinfo=None), self.ends.replace(tzinfo=None), self.zone)

    @classmethod
    def of(cls, one: MuteTime) -> MuteTimeView:
        return cls.model_validate(
            {"days": [DAYS[day] for day in one.days], "begins": one.begins, "ends": one.ends, "zone": one.zone}
        )


class Configure(BaseModel):
    """``POST /alerts/configure``. The first four are as printed.

    ``for``: how long the condition must hold. ``keep_firing_for``: how long the alert goes on once it does not.
    ``by``: labels that tell alerts of one component apart. ``group_by``: alerts that agree in them are told in one
    message, at most one each ``group_interval``. ``repeat``: tell again while it fires; with the condition ``true``
    that is a dead-man's switch. ``condition`` may be left out for a built-in alert only.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    alert_name: AlertName
    condition: Annotated[str, StringConstraints(max_length=CONDITION_LIMIT_CHARACTERS)] | None = None
    components: Annotated[list[ComponentId], Field(max_length=COMPONENTS_LIMIT)] = Field(default_factory=list)
    notification_channels: Annotated[list[ChannelName], Field(max_length=CHANNELS_LIMIT)] = Field(default_factory=list)
    severity: Severity = "warning"
    for_: Annotated[Lasting, Field(alias="for")] = 0.0
    keep_firing_for: Lasting = 0.0
    labels: Annotated[dict[LabelName, LabelValue], Field(max_length=RULE_LABELS_LIMIT)] = Field(default_factory=dict)
    by: Annotated[list[LabelName], Field(max_length=BY_LIMIT)] = Field(default_factory=list)
    group_by: Annotated[list[GroupLabel], Field(max_length=GROUP_BY_LIMIT)] = ["alert_name"]
    group_interval: Annotated[Duration, Field(ge=1, le=INTERVAL_LIMIT_SECONDS)] = INTERVAL_DEFAULT_SECONDS
    repeat: Annotated[Duration, Field(ge=REPEAT_LEAST_SECONDS, le=REPEAT_LIMIT_SECONDS)] | None = None
    mute_times: Annotated[list[MuteTimeView], Field(max_length=MUTE_TIMES_LIMIT)] = Field(default_factory=list)
    summary: Annotated[str, StringConstraints(max_length=SUMMARY_LIMIT_CHARACTERS, pattern=r"^[^\x00]*$")] | None = None
    enabled: bool = True

    def to_rule(self) -> Rule:
        return Rule(
            name=self.alert_name,
            condition=self.condition or "",
            components=tuple(dict.fromkeys(self.components)),
            channels=tuple(dict.fromkeys(self.notification_channels)),
            severity=self.severity,
            for_seconds=self.for_,
            keep_firing_seconds=self.keep_firing_for,
            labels=self.labels,
            by=tuple(dict.fromkeys(self.by)),
            group_by=tuple(dict.fromkeys(self.group_by)),
            group_interval_seconds=self.group_interval,
            repeat_seconds=self.repeat,
            mute_times=tuple(one.to_model() for one in self.mute_times),
            summary=self.summary,
            enabled=self.enabled,
        )


class RuleView(BaseModel):
    """An alert as it is configured; durations in seconds."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    alert_name: str
    condition: str
    components: list[str]
    notification_channels: list[str]
    severity: Severity
    for_: Annotated[float, Field(alias="for")]
    keep_firing_for: float
    labels: dict[str, str]
    by: list[str]
    group_by: list[str]
    group_interval: float
    repeat: float | None
    mute_times: list[MuteTimeView]
    summary: str | None
    enabled: bool
    built_in: bool
    version: int

    @classmethod
    def of(cls, rule: Rule) -> RuleView:
        return cls(
            alert_name=rule.name,
            condition=rule.condition,
            components=list(rule.components),
            notification_channels=list(rule.channels),
            severity=rule.severity,
            for_=rule.for_seconds,
            keep_firing_for=rule.keep_firing_seconds,
            labels=dict(rule.labels),
            by=list(rule.by),
            group_by=list(rule.group_by),
            group_interval=rule.group_interval_seconds,
            repeat=rule.repeat_seconds,
            mute_times=[MuteTimeView.of(one) for one in rule.mute_times],
            summary=rule.summary,
            enabled=rule.enabled,
            built_in=rule.built_in,
            version=rule.version,
        )


class Configured(BaseModel):
    """The answer of ``POST /alerts/configure``; ``warnings`` say what is accepted and yet will not work as it is."""

    status: Literal["configured"] = "configured"
    alert_name: str
    warnings: list[str]
    alert: RuleView


class Rules(BaseModel):
    alerts: list[RuleView]


class Removed(BaseModel):
    status: Literal["removed"] = "removed"
    alert_name: str


class AlertView(BaseModel):
    """One alert. ``told_at``: a message with it went out; null while it is silenced, muted or goes without saying."""

    alert_id: str
    alert_name: str
    component_id: str
    state: State
    severity: str
    labels: dict[str, str]
    value: float | None
    summary: str
    since: datetime
    fired_at: datetime | None
    ended_at: datetime | None
    told_at: datetime | None
    end_told_at: datetime | None

    @classmethod
    def of(cls, alert: Alert) -> AlertView:
        return cls(
            alert_id=alert.id,
            alert_name=alert.place.rule,
            component_id=alert.place.target,
            state=alert.state,
            severity=alert.labels["severity"],
            labels=dict(alert.labels),
            value=alert.value,
            summary=alert.summary,
            since=alert.since,
            fired_at=alert.fired_at,
            ended_at=alert.ended_at,
            told_at=alert.told_at,
            end_told_at=alert.end_told_at,
        )


class Alerts(BaseModel):
    """Newest first; ``next_cursor`` is the ``before`` of the next page."""

    alerts: list[AlertView]
    next_cursor: str | None


class DryRun(BaseModel):
    """``POST /alerts/dry-run``: an alert as for ``/alerts/configure``, and the time to rehearse it over."""

    model_config = ConfigDict(extra="forbid")

    alert: Configure
    start: Since
    end: Since | None = None
    step_seconds: Annotated[float, Field(ge=1, le=3_600, allow_inf_nan=False)] = 5.0


class Rehearsed(BaseModel):
    """What would have fired. ``truncated``: there was more than a dry run looks at."""

    alerts: list[AlertView]
    looks: int
    samples: int
    truncated: bool

    @classmethod
    def of(cls, found: Rehearsal) -> Rehearsed:
        alerts = [AlertView.of(alert) for alert in found.alerts]
        return cls(alerts=alerts, looks=found.looks, samples=found.samples, truncated=found.truncated)


class MakeSilence(BaseModel):
    """``POST /alerts/silences``. ``matchers``: labels and their values, ``*`` at the end for any rest; such as
    ``{"alert_name": "high-error-rate", "component": "sherlock-*"}``."""

    model_config = ConfigDict(extra="forbid")

    matchers: Annotated[dict[GroupLabel, LabelValue], Field(min_length=1, max_length=MATCHERS_LIMIT)]
    starts_at: Since | None = None
    ends_at: Since | None = None
    duration: Annotated[Duration, Field(gt=0, le=SILENCE_LIMIT_SECONDS)] | None = None
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]

    @model_validator(mode="after")
    def one_end(self) -> MakeSilence:
        if (self.ends_at is None) is (self.duration is None):
            raise ValueError("give ends_at or duration")
        return self

    def to_matches(self) -> tuple[Match, ...]:
        return tuple(Match(label, value) for label, value in sorted(self.matchers.items()))


class SilenceView(BaseModel):
    silence_id: str
    matchers: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    reason: str
    created_by: str

    @classmethod
    def of(cls, silence: Silence) -> SilenceView:
        return cls(
            silence_id=silence.id,
            matchers={match.label: match.value for match in silence.matchers},
            starts_at=silence.begins_at.astimezone(UTC),
            ends_at=silence.ends_at.astimezone(UTC),
            reason=silence.reason,
            created_by=silence.created_by,
        )


class Silences(BaseModel):
    silences: list[SilenceView]


class SilenceOver(BaseModel):
    status: Literal["ended"] = "ended"
    silence_id: str
