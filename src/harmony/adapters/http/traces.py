"""Trace context across HTTP (W3C Trace Context, level 1): ``traceparent: 00-<trace id>-<span id>-<flags>``."""

from __future__ import annotations

import re

_FORM = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}\Z")
_NONE, _NO_SPAN = "0" * 32, "0" * 16


def trace_of(header: str | None) -> str | None:
    """The trace id of a ``traceparent`` header, None when it is absent or malformed."""
    match = _FORM.match(header or "")
    return match[1] if match and match[1] != _NONE else None


def parent_of(header: str | None) -> str | None:
    """The caller's span id of a ``traceparent`` header, None when it is absent or malformed."""
    match = _FORM.match(header or "")
    return match[2] if match and match[1] != _NONE and match[2] != _NO_SPAN else None


def traceparent(trace: str, span: str) -> str:
    """The header that continues ``trace``: 32 hex digits; ``span``: 16."""
    return f"00-{trace}-{span}-01"
