"""Whoever watches from outside: the last values of all components, to an OpenTelemetry collector."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from harmony.adapters.telemetry.readings import Reading, ReadingExporter
from harmony.coordination.metrics.exposition import COUNTER_SUFFIX
from harmony.coordination.metrics.model import Latest


@dataclass(frozen=True, slots=True)
class Collector:
    """``metrics.ports.Outside`` over OTLP."""

    exporter: ReadingExporter

    def wanted(self) -> bool:
        return True

    async def send(self, found: Sequence[Latest]) -> bool:
        return await asyncio.to_thread(self.exporter.send, [_reading(one) for one in found])


def collector(endpoint: object | None, version: str) -> Collector | None:
    """Where metrics go beside PostgreSQL: nowhere unless a collector is named."""
    return None if endpoint is None else Collector(ReadingExporter(str(endpoint), version))


def _reading(one: Latest) -> Reading:
    attributes = {"component": one.component, "component_id": one.key.component_id, **dict(one.key.labels)}
    return Reading(one.key.name, one.at, one.value, attributes, one.key.name.endswith(COUNTER_SUFFIX))
