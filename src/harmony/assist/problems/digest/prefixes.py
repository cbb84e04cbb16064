"""What stands before a line's own words: time stamps of services, log levels, the tags of build tools."""

from __future__ import annotations

import json

from harmony.assist.problems.digest.patterns import Pattern

_DATE = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?"
STAMP = Pattern(
    rf"\ufeff?(?:\[task {_DATE}\] ?|\[(?:vcs|setup|fetches) {_DATE}\] ?|\[{_DATE}\] ?|{_DATE}(?: \d\d[OE]\+?(?= |$))? ?"
    r"|_bk;t=\d{1,20}\x07|\[\d\d:\d\d:\d\d(?:\.\d{1,6})?\] ?)?"
    r"(?:\d\d:\d\d:\d\d(?:[.,]\d{1,6})? {1,8}(?=[A-Z|]))?"
)
"""Matches every line; GitHub, Azure, GitLab, Taskcluster, Buildkite, Jenkins' timestamper, plain log dates."""
STAMP_STARTS = frozenset("0123456789[_\ufeff")

WORKER = Pattern(
    r"(?:[\w.-]{1,60}[-_]\d{1,4} {1,30}\| ?|@[\w.-]{1,60}/[\w.-]{1,60}(?::[\w-]{1,40})?: "
    r"|[\w./@-]{1,80}:(?:test|build|lint|check|ci)(?:[:-][\w:-]{1,40})?: )"
)
"""The name of the worker that speaks: containers of docker compose, packages of lerna, turbo and nx."""

_TAG = Pattern(r"(?P<indent>\s{0,12})\[(?P<tag>[A-Za-z][\w:.-]{0,30})\](?: |$)")
_WORD = Pattern(r"\s{0,12}(?P<word>TRACE|DEBUG|INFO|NOTICE|WARNING|WARN|ERROR|CRITICAL|FATAL) {1,8}- {0,2}")
_ANNOTATION = Pattern(r"##\[(?P<word>error|warning|debug|notice)\]|::(?P<other>error|warning)(?: [^:]{0,300})?::")
LEVELS = {
    "trace": "debug",
    "debug": "debug",
    "info": "info",
    "notice": "info",
    "success": "info",
    "warning": "warning",
    "warn": "warning",
    "error": "error",
    "critical": "fatal",
    "fatal": "fatal",
}
_TASK_INDENT = 4
"""Ant indents the name of the task that speaks at least this far, save where the name is long."""
_TAGS_LIMIT = 3


def split(text: str) -> tuple[str, str]:
    """The level (``""`` when none is printed) and the rest of a line, its indentation kept."""
    level = ""
    if text.startswith(("##[", "::")):
        found = _ANNOTATION.match(text)
        if found:
            return LEVELS[found["word"] or found["other"]], text[found.end() :]
    for _ in range(_TAGS_LIMIT):
        if found := _TAG.match(text):
            named = LEVELS.get(found["tag"].lower())
            indented = len(found["indent"]) >= _TASK_INDENT and found["tag"].islower()
            if named is None and not indented and not found["tag"].startswith("junit"):
                break
            level = named or level
        elif found := _WORD.match(text):
            level = LEVELS[found["word"].lower()]
        else:
            break
        text = text[found.end() :]
    return level, text


def said(text: str) -> str:
    """What a line of ``go test -json`` quotes of the test's own output; any other line as it is."""
    if '"Action":"output"' not in text:
        return text
    try:
        output = json.loads(text)["Output"]
    except (ValueError, KeyError, RecursionError):
        return text
    return output.rstrip("\n") if isinstance(output, str) else text


def may_have_worker(text: str) -> bool:
    """A cheap look: could ``WORKER`` match?"""
    return " | " in text[:64] or text[:1] == "@" or ":test: " in text[:90]


def may_have_level(text: str) -> bool:
    """A cheap look: could ``split`` find anything?"""
    start = text[:16]
    return "[" in start or " - " in start or start[:2] == "::"
