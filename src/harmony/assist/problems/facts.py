"""What a log tells of the machine that wrote it, each fact with the line that tells it; the first line to do so wins.

Versions are read by the digest's table. Logs begin with set-up and end with what failed, so both ends are read and the
middle is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from harmony.assist.problems.digest.environment import Environment as Told
from harmony.assist.problems.digest.prefixes import STAMP
from harmony.assist.problems.model import Environment, Fact

ENDS_LIMIT_LINES = 300
LINE_LIMIT_CHARS = 300
SYSTEM = "system"


_PATHS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Windows", re.compile(r"(?:^|[\s\"'(])[A-Za-z]:\\[^\s\\]")),
    ("macOS", re.compile(r"(?:^|[\s\"'(])/Users/[^\s/]")),
    ("Linux", re.compile(r"(?:^|[\s\"'(])/(?:home|root)/[^\s/]")),
)


def of_environment(environment: Environment) -> Iterator[Fact]:
    """What the reporter said."""
    said = {
        SYSTEM: environment.os,
        "previousEnvironment": environment.previous_environment,
        "language": environment.language,
        "runtime": environment.runtime,
    }
    return (Fact(name, value, None) for name, value in said.items() if value)


def of_log(lines: Iterable[str], known: Collection[str] = ()) -> list[Fact]:
    """What the lines tell, without the names in ``known``."""
    numbered = [(number, line[:LINE_LIMIT_CHARS]) for number, line in _ends(list(lines))]
    found = [fact for fact in _told(numbered) if fact.name not in known]
    if SYSTEM not in known and not any(fact.name == SYSTEM for fact in found):
        found += _by_path(numbered)
    return found


def _ends(lines: list[str]) -> list[tuple[int, str]]:
    numbered = list(enumerate(lines, start=1))
    if len(numbered) <= 2 * ENDS_LIMIT_LINES:
        return numbered
    return numbered[:ENDS_LIMIT_LINES] + numbered[-ENDS_LIMIT_LINES:]


def _told(numbered: Iterable[tuple[int, str]]) -> Iterator[Fact]:
    told = Told()
    for number, line in numbered:
        stamp = STAMP.match(line)
        words = line[stamp.end() if stamp else 0 :].strip()
        head = words.split(None, 1)[0] if words else ""
        if head not in told.heads:
            continue
        before = set(told.facts)
        told.read(head, words)
        yield from (Fact(name, value, number) for name, value in told.facts.items() if name not in before)


def _by_path(numbered: Iterable[tuple[int, str]]) -> list[Fact]:
    """The form of the paths betrays the system: weak evidence, so it is asked last."""
    for number, line in numbered:
        for system, form in _PATHS:
            if form.search(line):
                return [Fact(SYSTEM, system, number)]
    return []
