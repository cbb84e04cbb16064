"""The way out of spans: redacted, queued, sent in batches to an OpenTelemetry collector."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Timer
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from harmony.adapters.telemetry.spans import Span
from harmony.kernel.redaction.service import redact_value

TRACES_PATH = "/v1/traces"
QUEUE_LIMIT_SPANS = 4_096
BATCH_LIMIT_SPANS = 512
SEND_EVERY_MILLISECONDS = 2_000
SEND_LIMIT_SECONDS = 5
LAST_WORDS_SECONDS = 2
SAMPLED = TraceFlags(TraceFlags.SAMPLED)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = {"server": SpanKind.SERVER, "internal": SpanKind.INTERNAL}


class Exporter:
    """A sink of spans. ``endpoint`` is the collector's base address, such as ``http://127.0.0.1:4318``."""

    def __init__(self, endpoint: str, version: str) -> None:
        self._resource = Resource({"service.name": "harmony", "service.version": version})
        self._scope = InstrumentationScope("harmony", version)
        # A collector that is gone is no fault of Harmony's: said in the log's own words once a batch, not on screen.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        self._collector = OTLPSpanExporter(endpoint.rstrip("/") + TRACES_PATH, timeout=SEND_LIMIT_SECONDS)
        self._out: Any = BatchSpanProcessor(
            self._collector,
            max_queue_size=QUEUE_LIMIT_SPANS,
            schedule_delay_millis=SEND_EVERY_MILLISECONDS,
            max_export_batch_size=BATCH_LIMIT_SPANS,
        )

    def __call__(self, span: Span) -> None:
        """Queue a span; beyond ``QUEUE_LIMIT_SPANS`` the oldest are dropped."""
        self._out.on_end(self._readable(span))

    def close(self) -> None:
        """Send what is queued, for ``LAST_WORDS_SECONDS`` at most, and end. Blocks: call it from a thread."""
        # The processor's own limit is not kept while it retries; a collector that is shut takes nothing more.
        patience = Timer(LAST_WORDS_SECONDS, self._collector.shutdown)
        patience.start()
        self._out.shutdown()
        patience.cancel()

    def _readable(self, span: Span) -> ReadableSpan:
        clean: Any = redact_value({"name": span.name, **span.attributes})
        name = clean.pop("name")
        trace = int(span.trace, 16)
        outer = SpanContext(trace, int(span.parent, 16), is_remote=False, trace_flags=SAMPLED) if span.parent else None
        return ReadableSpan(
            name=name,
            context=SpanContext(trace, int(span.id, 16), is_remote=False, trace_flags=SAMPLED),
            parent=outer,
            resource=self._resource,
            attributes=clean,
            kind=_KINDS[span.kind],
            status=Status(StatusCode.ERROR if span.failed else StatusCode.UNSET),
            start_time=_nanoseconds(span.begun),
            end_time=_nanoseconds(span.ended),
            instrumentation_scope=self._scope,
        )


def _nanoseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1) * 1_000
