"""Refusals of problems."""

from __future__ import annotations

from harmony.kernel.errors import NotFound, TooLarge


class ContextUnknown(NotFound):
    code = "problems.context_unknown"
    hint = "Check the contextId; GET /v1/problems lists your own."


class LogTooLarge(TooLarge):
    code = "problems.log_too_large"
    hint = "Send the last part of the log; the limit is in the message."
