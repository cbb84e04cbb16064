"""Fields of a payload that anybody may have shaped: found or empty, short, clean, never an error."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from harmony.assist.problems.pipelines import NAME_LIMIT_CHARS
from harmony.assist.problems.plain import plain
from harmony.kernel.redaction.service import redact

READ_LIMIT_CHARS = 2_000


def at(data: Any, *path: str) -> Any:
    """What stands at a path of names; None when there is nothing."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def text(data: Any, *path: str) -> str:
    """A short text, on one line, without secrets, personal data or control characters."""
    found = at(data, *path)
    if not isinstance(found, str):
        return ""
    readable = found[:READ_LIMIT_CHARS].encode("utf-8", "replace").decode()
    return " ".join(redact(plain(readable)).text.split())[:NAME_LIMIT_CHARS]


def word(data: Any, *path: str) -> str:
    """An id, a status, a commit: letters, digits and ``-_.`` only, otherwise empty."""
    found = at(data, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    allowed = isinstance(found, str) and found.isascii() and found.replace("-", "").replace("_", "").isalnum()
    return found if allowed and len(found) <= NAME_LIMIT_CHARS else ""


def instant(data: Any, *path: str, now: datetime) -> datetime:
    """ISO 8601, or as GitLab writes it (``2026-01-31 10:00:00 UTC``); ``now`` for none and for what lies ahead."""
    found = at(data, *path)
    if not isinstance(found, str) or len(found) > 40:
        return now
    try:
        read = datetime.fromisoformat(found.replace(" UTC", "+00:00"))
    except ValueError:
        return now
    return min(read if read.tzinfo else read.replace(tzinfo=UTC), now)


def address(data: Any, *path: str) -> str | None:
    found = text(data, *path)
    return found if found.startswith("https://") else None
