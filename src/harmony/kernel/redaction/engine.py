"""One pass over a text: literal keywords first, then a bounded pattern where a keyword stands.

The text is taken in windows, so that a line of any length costs a constant amount of extra memory. In a window the
keywords are found by plain substring search in a lower-case copy; only there a rule's pattern is tried, anchored, on
the whole text. Patterns are bounded (``safety.py``), so the work is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmony.kernel.redaction.checks import CHECKS, FINDERS, PROOFS
from harmony.kernel.redaction.model import LAST_GROUP, Finding, Kind, Rule
from harmony.kernel.redaction.pattern import Pattern
from harmony.kernel.redaction.rules import RuleSet

WINDOW_CHARS = 262_144
SEARCH_OVERLAP_CHARS = 512
"""How far a searched pattern may run past the end of its window."""
NESTED_MARGIN_CHARS = 256
"""A name nearer than this to the end of a finding may have its value behind it."""
LONG_VALUE_CHARS = 200

_KIND_RANK: dict[Kind, int] = {"literal": 0, "personal": 1, "secret": 2}
_TOKEN_REST = Pattern(r"[A-Za-z0-9+/=_.~%\-]{0,16384}")
_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def find(text: str, rules: RuleSet) -> list[Finding]:
    """Everything the rules name in ``text``, in order, merged so that no two findings overlap.

    Findings that overlap become one span over all of them, so that nothing of a shorter one is left. The longest gives
    its name, a secret before personal data: who lets addresses through does not let a password through with them.
    """
    found: list[Finding] = []
    for start in range(0, len(text), WINDOW_CHARS):
        found.extend(_window(text, start, min(start + WINDOW_CHARS, len(text)), rules))
    return merged(found)


def _window(text: str, start: int, end: int, rules: RuleSet) -> Iterator[Finding]:
    lowered = _lower(text[start : end + rules.longest_keyword - 1])
    for keyword in rules.keywords_that_may_be_in(lowered):
        if keyword in lowered:
            for rule in rules.by_keyword[keyword]:
                yield from _anchored(text, lowered, start, end, keyword, rule, rules)
    for rule in rules.searched:
        if not rule.keywords or any(keyword in lowered for keyword in rule.keywords):
            for match in rules.pattern(rule).finditer(text, start, min(end + SEARCH_OVERLAP_CHARS, len(text))):
                if match.start() < end:
                    yield from _judged(match, rule, rules)


def _anchored(
    text: str,
    lowered: str,
    start: int,
    end: int,
    keyword: str,
    rule: Rule,
    rules: RuleSet,
) -> Iterator[Finding]:
    """Try ``rule`` where ``keyword`` stands; not again at the same beginning, nor deep inside what it just found."""
    match_at = rules.pattern(rule).match
    margin = 0 if rule.before is None else NESTED_MARGIN_CHARS
    tried = -1
    at = lowered.find(keyword)
    while 0 <= at < end - start:
        begin = at + start if rule.before is None else _run_before(text, at + start, rule)
        if begin > tried:
            tried = begin
            match = match_at(text, begin)
            if match:
                for finding in _judged(match, rule, rules):
                    yield finding
                    tried = max(tried, finding.end - margin - 1)
        at = lowered.find(keyword, at + 1)


def _judged(match: re.Match[str], rule: Rule, rules: RuleSet) -> Iterator[Finding]:
    group = (match.lastindex or 0) if rule.group == LAST_GROUP else rule.group
    value = match[group]
    if not value or (rule.check and not CHECKS[rule.check](match, value)):
        return
    certain = bool(rule.proof) and PROOFS[rule.proof](value)
    spans = FINDERS[rule.finder](match) if rule.finder else (_whole(match, group, rule),)
    for start, end in spans:
        if start < end and not (rules.allowed and match.string[start:end] in rules.allowed):
            yield Finding(start, end, rule, certain)


def _whole(match: re.Match[str], group: int, rule: Rule) -> tuple[int, int]:
    """The group's span; a secret so long that a pattern's bound may have cut it runs on to the end of its token."""
    start, end = match.span(group)
    if rule.kind == "secret" and end - start >= LONG_VALUE_CHARS:
        rest = _TOKEN_REST.match(match.string, end)
        end = rest.end() if rest else end
    return start, end


def _run_before(text: str, at: int, rule: Rule) -> int:
    """Where the run of letters, digits and ``rule.before`` that ends at ``at`` begins, at most ``reach`` back."""
    extra = rule.before or ""
    floor = max(0, at - rule.reach)
    while at > floor and (text[at - 1].isalnum() or text[at - 1] in extra):
        at -= 1
    return at


def _lower(text: str) -> str:
    """Lower case with every character at its place; full lower-casing may lengthen a text."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_ASCII_LOWER)


def merged(found: list[Finding]) -> list[Finding]:
    """Findings in order; those that overlap become one."""
    found.sort(key=lambda finding: (finding.start, -finding.end))
    apart: list[Finding] = []
    best = (0, 0)
    for finding in found:
        rank = (_KIND_RANK[finding.rule.kind], finding.end - finding.start)
        if apart and finding.start < apart[-1].end:
            last = apart[-1]
            rule = finding.rule if rank > best else last.rule
            certain = finding.certain if rank > best else last.certain
            apart[-1] = Finding(last.start, max(last.end, finding.end), rule, certain)
            best = max(best, rank)
        else:
            apart.append(finding)
            best = rank
    return apart
