"""``password = …``, ``--token …``, ``"secret": "…"``: does the name promise a credential, does the value keep it?"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from harmony.kernel.redaction import plausible
from harmony.kernel.redaction.carrier_rules import (
    KEY_QUALIFIERS,
    NOT_A_VALUE,
    NOT_SECRET,
    PASSWORD_WORDS,
    PROVIDERS,
    TOKEN_WORDS,
)
from harmony.kernel.redaction.model import words
from harmony.kernel.redaction.pattern import Pattern

PASSWORD_LEAST_CHARS = 4
TOKEN_LEAST_CHARS = 8
KEY_LEAST_CHARS = 12
PROSE_WORDS_LIMIT = 6

Promise = Literal["password", "token", "key", "none"]

_NAME_WORD = Pattern(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|\d+|[A-Z]")
_PROSE = words(
    "a an and are be been but by can cannot could does field for from has have incorrect invalid is it its length long"
    " may missing must no not of or please provided required should than the this to too was were will with wrong you"
    " your"
)


def credible(match: re.Match[str], value: str, *, needs_provider: bool) -> bool:
    """Whether ``name = value`` assigns a credential; ``match`` has the name as group 1."""
    name = match[1]
    promise = _promise(name, needs_provider=needs_provider)
    if promise == "none":
        return False
    operator = match.string[match.end(1) : match.start(match.lastindex or 0)]
    if not operator.strip(" \t\"'`\\") and not _option(name, operator):
        return False
    quoted = operator[-1:] in "\"'`" and bool(operator)
    value = value.strip()
    if plausible.placeholder(value) or not plausible.has_substance(value) or plausible.code(value):
        return False
    if not quoted and _followed_by_prose(match, operator):
        return False
    return _kept(promise, value, quoted=quoted, glued=not operator.endswith(" "))


def _promise(name: str, *, needs_provider: bool) -> Promise:
    words = [word.lower() for word in _NAME_WORD.findall(name)][-12:]
    while words and (
        words[-1].isdigit() or words[-1] in ("value", "val", "string", "str", "prod", "dev", "test", "text")
    ):
        words.pop()
    if not words:
        return "none"
    joined = {first + second for first, second in pairwise(words)}
    everything = {*words, *joined, "".join(words)}
    provider = bool(everything & PROVIDERS)
    if provider and words[-1] in ("id", "com"):
        return "key"
    if words[-1] in NOT_A_VALUE or everything & NOT_SECRET:
        return "none"
    if needs_provider:
        named = {words[-1], words[-2] + words[-1] if len(words) > 1 else ""}
        return "key" if provider and named & (PROVIDERS | {"key", "login", "bot", "api"}) else "none"
    if everything & PASSWORD_WORDS:
        return "password"
    if everything & TOKEN_WORDS or _ends_in_token(words):
        return "token"
    if "key" in words and (provider or _qualified(words)):
        return "token"
    return "key" if provider and (words[-1] in ("key", "login") or words[-1] in PROVIDERS) else "none"


def _ends_in_token(words: list[str]) -> bool:
    last = words[-1]
    return last.endswith(("token", "secret", "apikey", "password", "passwd", "credentials")) and len(last) <= 40


def _qualified(words: list[str]) -> bool:
    at = words.index("key")
    return at > 0 and words[at - 1] in KEY_QUALIFIERS


def _option(name: str, operator: str) -> bool:
    """``--token VALUE``: only a command-line option may be followed by nothing but spaces."""
    return bool(operator) and name.startswith("-") and "\n" not in operator


def _followed_by_prose(match: re.Match[str], operator: str) -> bool:
    """``token: expected one but got two``: a bare value with a sentence behind it."""
    if "=" in operator or match[1].startswith("-"):
        return False
    tail = match.string[match.end() : match.end() + 60].partition("\n")[0].strip()
    words = tail.lower().split()
    value = match[match.lastindex or 0]
    return (
        bool(words) and not plausible.random(value) and (value.lower() in _PROSE or any(w in _PROSE for w in words[:3]))
    )


def _kept(promise: Promise, value: str, *, quoted: bool, glued: bool) -> bool:
    if promise == "password":
        return _password(value, quoted=quoted, glued=glued)
    if any(map(str.isspace, value)):
        return False
    if promise == "key":
        return len(value) >= KEY_LEAST_CHARS and (plausible.random(value) or plausible.uuid(value))
    if len(value) < TOKEN_LEAST_CHARS:
        return False
    if plausible.random(value) or plausible.hash_like(value):
        return True
    digits = sum(map(str.isdigit, value))
    return (digits > 0 and (not plausible.wordlike(value) or digits >= 2)) or (
        value.isalpha() and not plausible.wordlike(value)
    )


def _password(value: str, *, quoted: bool, glued: bool) -> bool:
    if len(value) < PASSWORD_LEAST_CHARS:
        return False
    words = value.lower().split()
    if len(words) > 1:
        return quoted and len(words) <= PROSE_WORDS_LIMIT and not _PROSE.intersection(words)
    if value.isalpha() and value.islower() and not quoted and not glued:
        return len(value) >= TOKEN_LEAST_CHARS and not plausible.wordlike(value)
    return value.lower() not in _PROSE
