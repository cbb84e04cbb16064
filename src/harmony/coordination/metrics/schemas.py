"""Wire shapes of metrics."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from harmony.coordination.heartbeats.schemas import Instant, MetricName, MetricValue
from harmony.coordination.metrics.model import (
    LABEL_NAME_LIMIT_CHARACTERS,
    LABEL_VALUE_LIMIT_CHARACTERS,
    LABELS_LIMIT,
    POST_LIMIT_SAMPLES,
    RESERVED_LABELS,
    STEP_LIMIT_SECONDS,
    Drawn,
    Function,
    Labels,
    Latest,
    Range,
    component_of,
    whole,
)

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


EARLIEST_YEAR, LATEST_YEAR = 1970, 2200
"""Beyond them reckoning with instants would overflow somewhere."""


def _with_zone(instant: datetime) -> datetime:
    if not EARLIEST_YEAR < instant.year < LATEST_YEAR:
        raise ValueError
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _seconds(given: Any) -> Any:
    """``30``, ``30s``, ``5m``, ``1h`` or ``1d`` in seconds; anything else as it is, for the check that follows."""
    if isinstance(given, str) and given[:-1].isdecimal() and given.isascii() and given[-1] in _UNITS:
        return int(given[:-1]) * _UNITS[given[-1]] if len(given) < 10 else given
    return given


def _free_name(name: str) -> str:
    if name in RESERVED_LABELS:
        raise ValueError
    return name


LabelName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=LABEL_NAME_LIMIT_CHARACTERS),
    AfterValidator(_free_name),
    Field(description=f"not one of {', '.join(sorted(RESERVED_LABELS))}"),
]
LabelValue = Annotated[str, StringConstraints(max_length=LABEL_VALUE_LIMIT_CHARACTERS, pattern=r"^[^\x00]*$")]
Since = Annotated[datetime, AfterValidator(_with_zone), Field(description="ISO 8601; UTC without a zone")]
Step = Annotated[
    int,
    BeforeValidator(_seconds),
    Field(ge=1, le=STEP_LIMIT_SECONDS, description="seconds, or with a unit: 30s, 5m, 1h, 1d"),
]


class PostedSample(BaseModel):
    """One number under a name, told apart by labels."""

    model_config = ConfigDict(extra="forbid")

    name: MetricName
    value: MetricValue
    labels: Annotated[dict[LabelName, LabelValue], Field(max_length=LABELS_LIMIT)] = Field(default_factory=dict)

    def place(self) -> Labels:
        return tuple(sorted(self.labels.items()))


class PostSamples(BaseModel):
    """``POST /metrics/{component_id}``: samples that count from their receipt."""

    model_config = ConfigDict(extra="forbid")

    samples: Annotated[list[PostedSample], Field(min_length=1, max_length=POST_LIMIT_SAMPLES)]

    def taken(self) -> list[tuple[dict[str, int | float], Labels]]:
        """By their labels; of one series the last one counts."""
        by_labels: dict[Labels, dict[str, int | float]] = defaultdict(dict)
        for sample in self.samples:
            by_labels[sample.place()][sample.name] = whole(float(sample.value))
        return [(numbers, labels) for labels, numbers in by_labels.items()]


class Accepted(BaseModel):
    status: str = "accepted"
    samples: int


class LabelledView(BaseModel):
    """The last value of a series that has labels."""

    metric: str
    labels: dict[str, str]
    value: int | float
    at: Instant


class ComponentMetrics(BaseModel):
    """What a component measures of itself: the last value of each name, and of each labelled series.

    ``dropped_samples`` counts what was not taken because there was too much of it.
    """

    component_id: str
    component: str
    last_sample: Instant
    metrics: dict[str, int | float]
    series: list[LabelledView]
    dropped_samples: int

    @classmethod
    def of(cls, component_id: str, found: list[Latest], dropped: int) -> ComponentMetrics:
        return cls(
            component_id=component_id,
            component=component_of(component_id),
            last_sample=max(one.at for one in found),
            metrics={one.key.name: whole(one.value) for one in found if not one.key.labels},
            series=[
                LabelledView(metric=one.key.name, labels=dict(one.key.labels), value=whole(one.value), at=one.at)
                for one in found
                if one.key.labels
            ],
            dropped_samples=dropped,
        )


class Metrics(BaseModel):
    """The answer of ``GET /metrics``: how things are now."""

    timestamp: Instant
    components: list[ComponentMetrics]


class PointView(BaseModel):
    """``timestamp`` is where the step begins."""

    timestamp: Instant
    value: int | float


class SeriesView(BaseModel):
    component_id: str
    component: str
    metric: str
    labels: dict[str, str]
    points: list[PointView]

    @classmethod
    def of(cls, drawn: Drawn) -> SeriesView:
        return cls(
            component_id=drawn.key.component_id,
            component=drawn.component,
            metric=drawn.key.name,
            labels=dict(drawn.key.labels),
            points=[PointView(timestamp=point.at, value=whole(point.value)) for point in drawn.points],
        )


class MetricsOverTime(BaseModel):
    """The answer to a range. ``step_seconds`` is the one that was used; ``resolution_seconds`` 0: raw samples.

    ``truncated``: there are more series; ask for one component or one ``metric``.
    """

    start: Instant
    end: Instant
    step_seconds: int
    resolution_seconds: int
    function: Function
    truncated: bool
    series: list[SeriesView]

    @classmethod
    def of(cls, wanted: Range, drawn: list[Drawn], truncated: bool) -> MetricsOverTime:
        return cls(
            start=wanted.start,
            end=wanted.end,
            step_seconds=wanted.step_seconds,
            resolution_seconds=wanted.source_seconds,
            function=wanted.function,
            truncated=truncated,
            series=[SeriesView.of(one) for one in drawn],
        )
