"""Is this value a credential, a placeholder, a word, a piece of code? Pure judgements about one string."""

from __future__ import annotations

from math import log2

from harmony.kernel.redaction.model import words
from harmony.kernel.redaction.pattern import Pattern

JUDGED_CHARS = 512
"""A longer value is judged by its beginning."""
RANDOM_LEAST_CHARS = 10
LONG_RUN_CHARS = 20

_FILLER = Pattern(r"[xX]{6}|\*{3}|#{6}|\.{3}|•{3}|[-_=~]{12}|0{12}|\?{4}")
_MASKED = Pattern(r"[xX*#.•_\-0?\s]{1,4096}\Z")
_TEMPLATE = Pattern(
    r"\$\{|\$\(|\{\{|\}\}|<[A-Za-z_][^<>]{0,80}>|\[[A-Z_ ]{2,40}\]|\A\[[a-z_ \-]{2,40}\]\Z|%\([\w.]{1,40}\)s"
    r"|\A%[A-Za-z_]\w{0,40}%\Z|\A@@?\w{1,40}@|\A__\w{1,40}__\Z"
    r"|(?:\A|[:/])\$[A-Za-z_]\w{0,60}(?:\Z|[:/.\-])|\A\$\d\Z"
    r"|\A[A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{2,20}){1,6}\Z|\[(?:SECRET|PERSONAL|LITERAL):"
)
_PLACEHOLDER_WORDS = Pattern(
    r"(?i)redact|placeholder|changeme|change[_-]me|your[_\-. ]|yourpass|yourtoken|insert[_-]"
    r"|example|dummy|_here\b|-here\b|replace[_-]|todo\b"
    r"|masked|\bhidden\b|filtered|omitted|\bsample\b|not[_-]?set|fake[_-]"
)
_PLAIN_WORDS = words(
    "none null nil undefined true false yes no on off default required optional empty string str int number bool"
    " boolean object any void unknown missing invalid valid expired set unset enabled disabled value password passwd"
    " pass secret token key user username login admin-password pwd credentials credential auth bearer basic digest read"
    " write admin always never auto present absent ok failed error success n/a na todo tbd ask prompt interactive file"
    " env"
)
_CODE = Pattern(
    r"[A-Za-z_$][\w$]{0,80}(?:\(|\[|\.[A-Za-z_$][\w$]{0,80}\(|->|::|=>)"
    r"|(?:self|this|process|os|env|config|settings|request|args|opts|options|vars|var|local|module"
    r"|data|secrets|params|ctx|context|inputs|github|steps|needs|matrix)[.\[]"
)
_DOTTED = Pattern(r"[A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$\-]{0,60}){1,8}\Z")
_PATH = Pattern(
    r"(?:~|\.{1,2}|[A-Za-z]:)?[/\\][\w.@+\-]{1,80}(?:[/\\][\w.@+\-]{0,80}){0,20}\Z"
    r"|[\w\-]{1,40}(?:/[\w.\-]{1,60}){1,10}\.\w{1,5}\Z|[\w\-]{1,40}(?:/[\w.\-]{1,60}){2,10}\Z"
)
_FILE = Pattern(
    r"[\w\-.]{1,80}\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|txt|env"
    r"|py|js|ts|go|rb|java|conf|ini|toml|html?|md|sh|pub|cfg|xml)\Z"
)
_UUID = Pattern(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
_HEX = Pattern(r"[0-9a-f]{16,128}\Z|[0-9A-F]{16,128}\Z")
_CLASS_EDGE = Pattern(r"[a-z](?=[0-9A-Z])|[0-9](?=[A-Za-z])|[A-Z](?=[0-9])|(?<=[A-Z])[A-Z](?=[a-z])")
_WORDS = Pattern(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_VOWELS = frozenset("aeiouyAEIOUY")
_ALPHANUMERIC = Pattern(r"[A-Za-z0-9]")


def entropy(value: str) -> float:
    """Shannon entropy in bits a character, from the value's own character counts."""
    size = len(value)
    return -sum((n / size) * log2(n / size) for n in map(value.count, set(value))) if size else 0.0


def masked(value: str) -> bool:
    """Whether somebody already hid this: ``xxxx``, ``***``, ``...``, ``${VAR}``, ``<token>``."""
    return bool(_FILLER.search(value) or _MASKED.match(value) or _TEMPLATE.search(value))


def placeholder(value: str) -> bool:
    """``masked``, or a word that stands for a value: ``changeme``, ``your-token``, ``none``."""
    if masked(value) or (value.startswith(("$", "{", "<", "%", "@", "&")) and len(value) < 60 and not random(value)):
        return True
    plain = value[:JUDGED_CHARS].strip("\"'`.,;:!()[]{}<> ").lower()
    return not plain or plain in _PLAIN_WORDS or (_PLACEHOLDER_WORDS.search(value) is not None and len(value) < 80)


def code(value: str) -> bool:
    """A call, a lookup, a path or a dotted name: the place where a secret is kept, not the secret."""
    value = value[:JUDGED_CHARS]
    if _CODE.match(value) or value.startswith(("http://", "https://", "git+", "ssh://", "file:")):
        return True
    return not random(value) and bool(_DOTTED.match(value) or _PATH.match(value) or _FILE.match(value))


def uuid(value: str) -> bool:
    return _UUID.match(value) is not None


def hash_like(value: str) -> bool:
    """A commit id, digest or uuid: random, but meant to be seen unless its name says otherwise."""
    return _UUID.match(value) is not None or _HEX.match(value) is not None


def random(value: str) -> bool:
    """Whether the characters look drawn by chance: they change class often, or spell nothing, and do not repeat."""
    value = value[:JUDGED_CHARS]
    size = len(value)
    if size < RANDOM_LEAST_CHARS or entropy(value) < min(3.0, log2(size) * 0.72):
        return False
    if _HEX.match(value):
        return True
    digits = sum(map(str.isdigit, value))
    if digits == size:
        return size >= 14
    if size >= LONG_RUN_CHARS and 5 <= digits <= size - 5 and value.isalnum():
        return True
    edges = sum(1 for _ in _CLASS_EDGE.finditer(value))
    if digits and edges >= max(3, size * 0.15):
        return True
    return edges >= max(4, size * 0.22) or not wordlike(value)


def wordlike(value: str) -> bool:
    """Whether the letters of ``value`` fall into pronounceable words, as names and prose do."""
    value = value[:JUDGED_CHARS]
    letters = strange = 0
    for word in _WORDS.findall(value):
        if word.isdigit() or len(word) < 2:
            strange += len(word) > 4 or not word.isdigit()
            letters += 1
            continue
        letters += len(word)
        vowels = sum(letter in _VOWELS for letter in word)
        if (len(word) > 3 and not 0.16 <= vowels / len(word) <= 0.7) or len(word) > 18:
            strange += len(word)
    return strange <= letters * 0.3


def has_substance(value: str) -> bool:
    """At least two different letters or digits."""
    return len(set(_ALPHANUMERIC.findall(value[:256]))) >= 2
