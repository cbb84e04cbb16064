"""The rule set: the shipped rules, a user's own, and the values a user allows through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from harmony.kernel.redaction import checks
from harmony.kernel.redaction.carrier_rules import carrier_rules
from harmony.kernel.redaction.errors import RuleInvalid
from harmony.kernel.redaction.model import Rule
from harmony.kernel.redaction.personal_rules import personal_rules
from harmony.kernel.redaction.provider_rules import provider_rules
from harmony.kernel.redaction.safety import danger, weight

RULES_LIMIT = 1_000
ALLOWED_VALUES_LIMIT = 10_000
PATTERN_LIMIT_CHARS = 4_096
WEIGHT_LIMIT = 20_000
"""Of a user's pattern: in how many ways it may divide a text, at most, from one place."""

START_CHARS = 3
BY_START_LIMIT_CHARS = 8_192

LOOKALIKE = Rule(
    "placeholder-lookalike",
    "literal",
    "placeholder",
    ("[secret:", "[personal:", "[literal:"),
    r"\[(?:SECRET|PERSONAL|LITERAL):[a-z0-9-]{1,40}:[0-9]{1,9}\]",
    check="",
)
"""Text that reads like a placeholder; part of every set, see ``session.py``."""

_LABEL = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_FIELDS = ("id", "kind", "label", "keywords", "pattern", "group", "check", "reason")


class RuleSet:
    """Rules indexed by keyword; a pattern is compiled when one of its keywords first occurs in a text."""

    def __init__(self, rules: Iterable[Rule], allowed: Iterable[str] = ()) -> None:
        self.rules = (LOOKALIKE, *(rule for rule in rules if rule is not LOOKALIKE))
        self.allowed = frozenset(allowed)
        if len(self.rules) > RULES_LIMIT:
            raise RuleInvalid(f"more than {RULES_LIMIT} rules", field="rules")
        if len(self.allowed) > ALLOWED_VALUES_LIMIT:
            raise RuleInvalid(f"more than {ALLOWED_VALUES_LIMIT} allowed values", field="allowed")
        self._patterns: dict[str, re.Pattern[str]] = {}
        by_keyword: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for keyword in rule.keywords if rule.anchored else ():
                by_keyword.setdefault(keyword, []).append(rule)
        self.by_keyword = {keyword: tuple(found) for keyword, found in by_keyword.items()}
        self.searched = tuple(rule for rule in self.rules if not (rule.keywords and rule.anchored))
        starts: dict[str, list[str]] = {}
        for keyword in self.by_keyword:
            starts.setdefault(keyword[:START_CHARS], []).append(keyword)
        self._brief = tuple(keyword for start, words in starts.items() if len(start) < START_CHARS for keyword in words)
        self._starts = {start: tuple(words) for start, words in starts.items() if len(start) == START_CHARS}
        self._start_set = frozenset(self._starts)
        self.longest_keyword = max(map(len, self.by_keyword), default=1)

    def keywords_that_may_be_in(self, lowered: str) -> Iterable[str]:
        """A superset of the keywords in a lower-case text. In a short one, what begins nowhere in it is left out at
        once by comparing three-letter starts: far cheaper than looking for every keyword in every line."""
        if len(lowered) > BY_START_LIMIT_CHARS:
            return self.by_keyword
        grams = {lowered[at : at + START_CHARS] for at in range(len(lowered) - START_CHARS + 1)}
        likely = [keyword for start in self._start_set & grams for keyword in self._starts[start]]
        return (*self._brief, *likely)

    @property
    def compiled(self) -> int:
        """How many patterns were needed so far."""
        return len(self._patterns)

    def pattern(self, rule: Rule) -> re.Pattern[str]:
        """The compiled pattern of ``rule``."""
        compiled = self._patterns.get(rule.pattern)
        if compiled is None:
            compiled = self._patterns[rule.pattern] = re.compile(rule.pattern)
        return compiled

    def extended(self, rules: Iterable[Rule] = (), allowed: Iterable[str] = ()) -> RuleSet:
        """This set with a user's own rules and allowed values added."""
        return RuleSet((*self.rules, *rules), self.allowed.union(allowed))


_shipped: list[RuleSet] = []


def shipped() -> RuleSet:
    """The rules Harmony ships with, built once a process."""
    if not _shipped:
        _shipped.append(RuleSet((*provider_rules(), *carrier_rules(), *personal_rules())))
    return _shipped[0]


def user_rule(given: Mapping[str, object]) -> Rule:
    """A rule from a user's settings; raises ``RuleInvalid`` naming the field, also for a pattern that could run away.

    Fields: ``id``, ``pattern``; optional ``kind`` (secret), ``label`` (the id), ``keywords`` (a list; the pattern is
    searched for only where one occurs nearby), ``group`` (0), ``check`` (one of ``checks.CHECKS``), ``reason`` (prose).
    """
    for name in given:
        if name not in _FIELDS:
            raise RuleInvalid("this field is not part of a rule", field=str(name))
    identity, pattern = given.get("id"), given.get("pattern")
    if not isinstance(identity, str) or not _LABEL.match(identity):
        raise RuleInvalid("an id is 1-40 lower-case letters, digits and hyphens", field="id")
    label, kind = given.get("label", identity), given.get("kind", "secret")
    if not isinstance(label, str) or not _LABEL.match(label):
        raise RuleInvalid("a label is 1-40 lower-case letters, digits and hyphens", field="label")
    if kind != "secret" and kind != "personal":
        raise RuleInvalid("a kind is secret or personal", field="kind")
    compiled = _compiled(pattern)
    group, check = given.get("group", 0), given.get("check", "")
    if not isinstance(group, int) or not 0 <= group <= compiled.groups:
        raise RuleInvalid("the group is not one of the pattern's", field="group")
    if not isinstance(check, str) or (check and check not in checks.CHECKS):
        raise RuleInvalid("the check is not one that exists", field="check")
    keywords = given.get("keywords", ())
    if not isinstance(keywords, list | tuple) or not all(isinstance(word, str) and word for word in keywords):
        raise RuleInvalid("keywords are a list of non-empty strings", field="keywords")
    words = tuple(word.lower() for word in keywords)
    return Rule(
        identity,
        kind,
        label,
        words,
        compiled.pattern,
        group,
        check=check,
        anchored=False,
    )


def _compiled(pattern: object) -> re.Pattern[str]:
    if not isinstance(pattern, str) or not 0 < len(pattern) <= PATTERN_LIMIT_CHARS:
        raise RuleInvalid(
            f"a pattern is a string of 1-{PATTERN_LIMIT_CHARS} characters",
            field="pattern",
        )
    try:
        trouble = danger(pattern) or _heavy(pattern)
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as fault:
        raise RuleInvalid("the pattern is not a regular expression", field="pattern") from fault
    if trouble:
        raise RuleInvalid(f"the pattern could take too long: {trouble}", field="pattern")
    if compiled.match(""):
        raise RuleInvalid("the pattern matches nothing at all", field="pattern")
    return compiled


def _heavy(pattern: str) -> str:
    ways = weight(pattern)
    return f"its parts can divide a text in {ways} ways, more than {WEIGHT_LIMIT}" if ways > WEIGHT_LIMIT else ""


def user_rules(given: object) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Rules and allowed values from a user's file: ``{"rule": [...], "allow": [...]}``, both optional.

    Raises ``RuleInvalid`` that names the rule by its id and the field.
    """
    if not isinstance(given, Mapping):
        raise RuleInvalid("the rules are a table with `rule` and `allow`", field="rules")
    for name in given:
        if name not in ("rule", "allow"):
            raise RuleInvalid("the rules are a table with `rule` and `allow` only", field=str(name)[:40])
    rules, allowed = given.get("rule", []), given.get("allow", [])
    if not isinstance(allowed, list) or not all(isinstance(value, str) and value for value in allowed):
        raise RuleInvalid("`allow` is a list of values", field="allow")
    if not isinstance(rules, list):
        raise RuleInvalid("`rule` is a list of tables", field="rule")
    return tuple(_named(at, rule) for at, rule in enumerate(rules)), tuple(allowed)


def _named(at: int, given: object) -> Rule:
    if not isinstance(given, Mapping):
        raise RuleInvalid(f"rule {at + 1} is not a table", field=f"rule[{at}]")
    try:
        return user_rule(given)
    except RuleInvalid as refusal:
        identity = given.get("id")
        name = f"rule {at + 1}"
        if isinstance(identity, str) and _LABEL.match(identity):
            name = f"rule {identity!r}"
        raise RuleInvalid(f"{name}: {refusal.message}", field=f"rule[{at}].{refusal.field}") from None
