"""Words that do not belong into the repository, and links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from house.source import Finding, House, Rule, Source

MACHINE = Rule(
    "machine-path",
    "a path of one machine is wrong on every other",
    "write the path relative to the checkout, or as a setting",
)
REGISTRY = Rule(
    "registry-address",
    "people install from mirrors; the address belongs in their configuration, not in ours",
    "leave the address out: pip and npm know where to look",
)
UNFINISHED = Rule(
    "unfinished",
    "unfinished work that is merged is a defect with a comment",
    "finish it, or take it out and open an issue",
)
LINK = Rule(
    "link", "a link that leads nowhere costs every reader a minute", "name an existing file, relative to this one"
)
RULES = (MACHINE, REGISTRY, UNFINISHED, LINK)

# Composed from pieces, so that this file does not find itself.
PATTERNS = (
    (MACHINE, re.compile("(?<![A-Za-z0-9._~$}])/(?:" + "|".join(("ro" + "ot", "wo" + "rk")) + ")/")),
    (MACHINE, re.compile("/ho" + "me/(?!user/|someone/|ada/|dev/|app/|runner/)[a-z]")),
    (REGISTRY, re.compile("pypi" + r"\.org|python" + "hosted|registry" + r"\.npmjs|deb" + r"\.debian\.")),
    (UNFINISHED, re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b")),
)
UNREAD = frozenset({"LICENSE"})
DATA_FOLDERS = ("demo", "tests", "src/harmony/kernel/redaction")
"""Samples of other people's output may hold other people's paths."""

_LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")


def check(source: Source) -> Iterator[Finding]:
    if source.path.name in UNREAD:
        return
    for number, line in enumerate(source.text.splitlines(), 1):
        for rule, pattern in PATTERNS:
            if rule is MACHINE and source.under(*DATA_FOLDERS):
                continue
            match = pattern.search(line)
            if match:
                yield from source.finding(rule, number, f"{match[0]!r} stands here")


def check_house(house: House) -> Iterator[Finding]:
    """Every relative link of every document leads to a file or folder."""
    for source in house.sources:
        if source.path.suffix != ".md":
            continue
        for number, line in enumerate(source.text.splitlines(), 1):
            for target in _LINK.findall(line):
                if not (house.root / source.path.parent / target).exists():
                    yield from source.finding(LINK, number, f"there is no {target}")
