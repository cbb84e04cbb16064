"""The languages whose stacks are read after their errors; Python's reader stands beside them."""

from __future__ import annotations

from harmony.assist.problems.traces import c, csharp, go, java, javascript, php, ruby, rust
from harmony.assist.problems.traces.grammar import Grammar

GRAMMARS: tuple[Grammar, ...] = (
    java.GRAMMAR,
    javascript.GRAMMAR,
    csharp.GRAMMAR,
    go.GRAMMAR,
    rust.GRAMMAR,
    c.GRAMMAR,
    ruby.GRAMMAR,
    php.GRAMMAR,
)
"""Where the frames of two languages could be meant, the first of this order is."""
