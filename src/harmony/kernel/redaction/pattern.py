"""Patterns that are compiled when they are first used: a filter that meets no phone number pays for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_VERBS = ("match", "search", "findall", "finditer", "sub")


class Pattern:
    """A regular expression; after the first use its verbs are those of the compiled one."""

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, pattern: str, flags: re.RegexFlag | int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _VERBS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for verb in _VERBS:
            setattr(self, verb, getattr(compiled, verb))
        return getattr(compiled, name)
