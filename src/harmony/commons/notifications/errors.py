"""Refusals of notifications."""

from __future__ import annotations

from harmony.kernel.errors import NotFound


class NotificationUnknown(NotFound):
    code = "notifications.unknown"
    hint = "List your notifications to see which there are."
