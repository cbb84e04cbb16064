"""A span: one piece of work with its beginning and end, under a trace. Nothing of OpenTelemetry is loaded here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from harmony.kernel.chance import Chance

SPAN_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """``trace``: 32 hex digits, ``id`` and ``parent``: 16 (W3C Trace Context)."""

    name: str
    trace: str
    id: str
    parent: str | None
    begun: datetime
    ended: datetime
    kind: Literal["server", "internal"] = "internal"
    attributes: Mapping[str, str | int | bool] = field(default_factory=dict)
    failed: bool = False


Sink = Callable[[Span], None]
"""Where a span goes when its work is done; it neither waits nor fails."""

around: ContextVar[tuple[str, str] | None] = ContextVar("around", default=None)
"""Trace and id of the span whose work this task is doing; None outside any."""


def unrecorded(_span: Span) -> None:
    """The sink of a Harmony that nobody watches."""


def new_span_id(chance: Chance) -> str:
    return chance.secret_bytes(SPAN_ID_BYTES).hex()


def parent_in(trace: str) -> str | None:
    """The span around this work, if it belongs to ``trace``."""
    outer = around.get()
    return outer[1] if outer is not None and outer[0] == trace else None
