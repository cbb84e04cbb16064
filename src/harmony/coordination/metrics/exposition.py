"""The last values as Prometheus or OpenMetrics text, and which of the forms a caller wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.exposition import generate_latest as generate_plain
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST as OPENMETRICS_TYPE
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics

from harmony.coordination.metrics.model import Latest

Form = Literal["json", "plain", "openmetrics"]
COUNTER_SUFFIX = "_total"
DOCUMENTATION = "As the components report it."
ACCEPT_LIMIT_CHARACTERS = 1_000
_PLAIN: Callable[[CollectorRegistry], bytes] = generate_plain
_OPENMETRICS: Callable[[CollectorRegistry], bytes] = generate_openmetrics
_UNFIT = re.compile(r"[^a-zA-Z0-9_:]")
_FORMS: tuple[tuple[Form, str], ...] = (
    ("json", "application/json"),
    ("openmetrics", "application/openmetrics-text"),
    ("plain", "text/plain"),
)


@dataclass(frozen=True, slots=True)
class Collected:
    """What prometheus-client asks for: families by name."""

    found: tuple[Latest, ...]

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        taken: set[tuple[Any, ...]] = set()
        for one in self.found:
            name = fit(one.key.name)
            labels = {"component": one.component, "component_id": one.key.component_id, **dict(one.key.labels)}
            place = (name, *sorted(labels.items()))
            if place in taken:  # two names that differ only in what Prometheus' grammar lacks
                continue
            taken.add(place)
            family = families.setdefault(name, _family(name))
            sampled = name if name.endswith(COUNTER_SUFFIX) else family.name
            family.add_sample(sampled, labels, one.value)
        yield from families.values()


def form_of(accept: str | None) -> Form:
    """Which form an Accept header prefers: JSON unless one of the texts is asked for by name."""
    weights: dict[str, float] = {}
    for part in (accept or "*/*")[:ACCEPT_LIMIT_CHARACTERS].split(","):
        kind, *options = [word.strip().lower() for word in part.split(";")]
        weights[kind] = max(weights.get(kind, 0.0), _weight(options))
    best: tuple[float, Form] = (0.0, "json")
    for form, kind in _FORMS:
        weight = weights.get(kind, 0.0)
        if form == "json":
            weight = weights.get(kind, max(weights.get("*/*", 0.0), weights.get("application/*", 0.0)))
        if weight > best[0]:
            best = (weight, form)
    return best[1]


def text(found: Iterable[Latest], form: Form) -> tuple[bytes, str]:
    """The text and its media type."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collected(tuple(found)))
    if form == "openmetrics":
        return _OPENMETRICS(registry), OPENMETRICS_TYPE
    return _PLAIN(registry), CONTENT_TYPE_PLAIN_0_0_4


def fit(name: str) -> str:
    """A name in Prometheus' grammar."""
    return _UNFIT.sub("_", name)


def _family(name: str) -> Metric:
    if name.endswith(COUNTER_SUFFIX):
        return CounterMetricFamily(name.removesuffix(COUNTER_SUFFIX), DOCUMENTATION)
    return GaugeMetricFamily(name, DOCUMENTATION)


def _weight(options: list[str]) -> float:
    for option in options:
        if option.startswith("q="):
            try:
                return min(1.0, max(0.0, float(option[2:])))
            except ValueError:
                return 0.0
    return 1.0
