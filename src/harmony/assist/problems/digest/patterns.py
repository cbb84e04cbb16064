r"""Patterns that are compiled on first use and cannot run away, with short names for what runners print.

In a template ``<run>``, ``<ok>``, ``<failed>``, ``<errors>``, ``<skipped>``, ``<xfailed>`` and ``<xpassed>`` stand for
a whole number, ``<seconds>`` and ``<minutes>`` for a decimal one, ``<name>`` for a test's name (the shortest that
fits), ``<message>`` for the rest of the line, ``<path>`` for a word without blanks, and ``~`` for blanks or nothing
(``\~`` is the sign itself). Everything else is an ordinary expression; every repetition must have a bound
(``kernel.redaction.safety`` proves it in the tests). Compiling hundreds of patterns takes longer than reading a log,
so nothing is compiled before it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

NAME_CHARS = 500
MESSAGE_CHARS = 2_000

_NUMBER = r"(?P<{0}>\d{{1,9}})"
_DECIMAL = r"(?P<{0}>\d{{1,9}}(?:[.,]\d{{1,9}})?)"
_SHORT_NAMES = {
    **{f"<{name}>": _NUMBER.format(name) for name in "run ok failed errors skipped xfailed xpassed".split()},
    **{f"<{name}>": _DECIMAL.format(name) for name in ("seconds", "minutes")},
    "<name>": rf"(?P<name>\S.{{0,{NAME_CHARS}}}?)",
    "<message>": rf"(?P<message>.{{0,{MESSAGE_CHARS}}})",
    "<path>": rf"(?P<path>\S{{1,{NAME_CHARS}}})",
    "~": r"[ \t]{0,80}",
}
_SHORT_NAME = re.compile(r"\\.|(?<!\?P)<[a-z]{1,9}>|~")


Matcher = Callable[[str], "re.Match[str] | None"]


class Pattern:
    """One expression; ``match`` and ``search`` are those of ``re``."""

    __slots__ = ("match", "search", "template")

    def __init__(self, template: str) -> None:
        self.template = template
        self.match: Matcher = self._first_match
        self.search: Matcher = self._first_search

    def expanded(self) -> str:
        """The ordinary expression behind the template."""
        return _SHORT_NAME.sub(lambda found: _SHORT_NAMES.get(found[0], found[0]), self.template)

    def _first_match(self, text: str) -> re.Match[str] | None:
        self._compile()
        return self.match(text)

    def _first_search(self, text: str) -> re.Match[str] | None:
        self._compile()
        return self.search(text)

    def _compile(self) -> None:
        """From now on without the detour."""
        compiled = re.compile(self.expanded())
        self.match, self.search = compiled.match, compiled.search
