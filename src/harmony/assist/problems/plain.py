"""Text without what a terminal would obey. Taken out before anything is redacted: see the kernel's ``escapes``."""

from __future__ import annotations

from harmony.kernel.redaction import escapes


def plain(text: str) -> str:
    """``text`` with its line ends and tabs, and no other control character. Plain text stays as it is."""
    return escapes.plain(text)
