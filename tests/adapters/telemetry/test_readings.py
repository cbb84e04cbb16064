"""Numbers reach a real OTLP receiver, redacted; a receiver that is gone costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from opentelemetry.proto.metrics.v1 import metrics_pb2
from tests.collector import collector

from harmony.adapters.telemetry.readings import Reading, ReadingExporter

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
SECRET = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"


def test_counters_and_gauges_arrive_as_what_they_are_without_secrets() -> None:
    readings = [
        Reading("requests_total", NOW, 150.0, {"component_id": "sherlock-hub-001"}, counts=True),
        Reading("requests_total", NOW, 7.0, {"component_id": "sherlock-hub-002"}, counts=True),
        Reading("load", NOW, 0.5, {"path": f"/{SECRET}"}),
    ]
    with collector() as heard:
        assert ReadingExporter(heard.url, "1.2.3").send(readings)
    counted, load = heard.metrics
    assert counted.name == "requests_total" and counted.sum.is_monotonic
    assert counted.sum.aggregation_temporality == metrics_pb2.AGGREGATION_TEMPORALITY_CUMULATIVE
    assert [point.as_double for point in counted.sum.data_points] == [150.0, 7.0]
    assert load.gauge.data_points[0].time_unix_nano == 1_767_323_045_678_901_000
    assert SECRET.encode() not in heard.raw


def test_a_collector_that_is_gone_is_no_error() -> None:
    with collector() as heard:
        gone = heard.url
    assert not ReadingExporter(gone, "1").send([Reading("load", NOW, 0.5, {})])
