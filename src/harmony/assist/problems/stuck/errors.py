"""Refusals of events that cannot be read. Messages name the place, never the content."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, TooLarge


class MalformedEvent(Invalid):
    code = "stuck.malformed_event"
    hint = (
        'Send one JSON object a line: {"role": "user|agent|tool", "text": ..., "tool": ..., "args": ..., "error": ...}.'
    )


class MalformedCase(Invalid):
    code = "stuck.malformed_case"
    hint = 'Send one JSON object a line with "id" and "events", a list of events.'


class LineTooLong(TooLarge):
    code = "stuck.line_too_long"
    hint = "Cut what tools printed before logging it; the limit is in the message."
