"""Patterns that are compiled when they are first used: a filter that meets one language pays for one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property


class Pattern:
    """What ``re.compile`` returns, as far as traces need it; ``pattern`` and ``flags`` are what was given."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r})"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        return self.compiled.match

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        return self.compiled.search

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        return self.compiled.sub

    @cached_property
    def subn(self) -> Callable[[str, str], tuple[str, int]]:
        return self.compiled.subn
