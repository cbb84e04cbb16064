"""Spans reach a real OTLP receiver, redacted; a receiver that is gone costs nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from opentelemetry.proto.trace.v1 import trace_pb2
from tests.collector import collector

from harmony.adapters.telemetry.export import QUEUE_LIMIT_SPANS, Exporter
from harmony.adapters.telemetry.spans import Span

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
TRACE, ID, PARENT = "a1" * 16, "b2" * 8, "c3" * 8
SECRET = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"


def span(**changes: Any) -> Span:
    given = Span(
        "GET /v1/x", TRACE, ID, PARENT, NOW, NOW + timedelta(milliseconds=7), "server", {"http.route": "/v1/x"}
    )
    return replace(given, **changes)


def test_a_span_arrives_as_it_was_with_the_ids_of_its_trace() -> None:
    with collector() as heard:
        exporter = Exporter(heard.url + "/", "1.2.3")
        exporter(span())
        exporter(span(id="d4" * 8, parent=None, failed=True, kind="internal"))
        exporter.close()
    first, second = heard.spans
    assert (first.trace_id.hex(), first.span_id.hex(), first.parent_span_id.hex()) == (TRACE, ID, PARENT)
    assert first.end_time_unix_nano - first.start_time_unix_nano == 7_000_000
    assert first.start_time_unix_nano == 1_767_323_045_678_901_000
    assert {one.key: one.value.string_value for one in first.attributes} == {"http.route": "/v1/x"}
    assert first.kind == trace_pb2.Span.SPAN_KIND_SERVER
    assert second.status.code == trace_pb2.Status.STATUS_CODE_ERROR
    assert second.parent_span_id == b""


def test_no_secret_of_a_span_leaves() -> None:
    with collector() as heard:
        exporter = Exporter(heard.url, "1")
        exporter(span(name=f"GET /{SECRET}", attributes={"harmony.actor": f"token {SECRET}", "n": 3}))
        exporter.close()
    assert heard.spans
    assert SECRET.encode() not in heard.raw
    assert b"[SECRET:github-token:1]" in heard.raw


def test_a_collector_that_is_gone_costs_a_bounded_queue_and_no_error() -> None:
    with collector() as heard:
        gone = heard.url
    exporter = Exporter(gone, "1")
    for _ in range(QUEUE_LIMIT_SPANS + 100):
        exporter(span())
    exporter.close()
