"""The way out of numbers: readings to an OpenTelemetry collector (OTLP over HTTP), redacted, in bounded batches."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Metric,
    MetricExportResult,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope

from harmony.kernel.redaction.service import redact_value

METRICS_PATH = "/v1/metrics"
SEND_LIMIT_SECONDS = 5
BATCH_LIMIT_READINGS = 5_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number, when it was read and of what. ``counts``: it only grows, until it begins anew."""

    name: str
    at: datetime
    value: float
    attributes: Mapping[str, str]
    counts: bool = False


class ReadingExporter:
    """Sends readings. ``endpoint`` is the collector's base address, such as ``http://127.0.0.1:4318``."""

    def __init__(self, endpoint: str, version: str) -> None:
        self._resource = Resource({"service.name": "harmony", "service.version": version})
        self._scope = InstrumentationScope("harmony", version)
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._collector = OTLPMetricExporter(endpoint.rstrip("/") + METRICS_PATH, timeout=SEND_LIMIT_SECONDS)

    def send(self, readings: Sequence[Reading]) -> bool:
        """Hand readings over; False when the collector did not take them all. Blocks: call it from a thread."""
        for begin in range(0, len(readings), BATCH_LIMIT_READINGS):
            batch = self._data(readings[begin : begin + BATCH_LIMIT_READINGS])
            if self._collector.export(batch) is not MetricExportResult.SUCCESS:
                return False
        return True

    def _data(self, readings: Sequence[Reading]) -> MetricsData:
        points: dict[tuple[str, bool], list[NumberDataPoint]] = {}
        for one in readings:
            points.setdefault((one.name, one.counts), []).append(_point(one))
        metrics = [
            Metric(
                name,
                "",
                "",
                Sum(found, AggregationTemporality.CUMULATIVE, is_monotonic=True) if counts else Gauge(found),
            )
            for (name, counts), found in points.items()
        ]
        scope = ScopeMetrics(self._scope, metrics, "")
        return MetricsData([ResourceMetrics(self._resource, [scope], "")])


def _point(one: Reading) -> NumberDataPoint:
    clean: Any = redact_value(dict(one.attributes))
    return NumberDataPoint(clean, 0, (one.at - _EPOCH) // timedelta(microseconds=1) * 1_000, one.value)
