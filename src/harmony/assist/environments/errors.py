"""Refusals of environments."""

from __future__ import annotations

from harmony.kernel.errors import Invalid


class SystemUnknown(Invalid):
    code = "environments.system_unknown"
    hint = "Name one of the systems or shells that the details list."


class PathUnreadable(Invalid):
    code = "environments.path_unreadable"
    hint = "Send one path as its own system writes it."


class Untranslatable(Invalid):
    code = "environments.untranslatable"
    hint = "The message says what has no counterpart; write that part by hand for the other system."
