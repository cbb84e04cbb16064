"""When two texts say the same: what always changes is taken out, what is left is compared by key or by shared words."""

from __future__ import annotations

import re
import zlib

from harmony.assist.problems.stuck.phrases import COUNTED, DECISIVE

LOOK_CHARACTERS = 8_000
"""Of a longer text, this much of its head and of its tail is read; the middle counts only as equal or not."""
WORDS_LIMIT = 200
SIGNATURE_LINES = 3
SIGNATURE_LINE_CHARACTERS = 200

_VOLATILE = re.compile(
    r"\x1b\[[0-9;?]{0,20}[ -/]{0,4}[@-~]"
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|(?:\b\d{4}-\d\d-\d\d[T ]|\[|\b)\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\b\]?"
    r"|\b0x[0-9a-f]{1,16}\b"
    r"|\b\d{1,9}(?:\.\d{1,9})? ?(?:ns|µs|us|ms|s|secs?|seconds?|min|minutes?)\b"
    r"|\bpid[ =:]{1,2}\d{1,9}\b"
    r"|/tmp/[\w.-]{1,80}"
    r"|\b(?=[a-f]{0,31}\d)[0-9a-f]{12,64}\b",
    re.IGNORECASE,
)
_IDLE = re.compile(
    r"\s#[\s\w.:()-]{0,60}(?=[\"'}\])\s]{0,4}$)"
    r"|\b(?:attempt|try|retry|iteration|nonce|request_?id|trace_?id)[\"']?\s{0,2}[=: ]\s{0,2}[\"']?\d{1,12}[\"']?"
    r"|[;|&]{1,2}\s{0,2}(?:true|echo done)\s{0,2}$"
    r"|\s\d?>&\d|[\"'`;,]",
    re.IGNORECASE,
)
"""What changes a command's letters and not its meaning: comments, counters of attempts, quotes, redirections."""
_SIXTY_FOUR_BITS = (1 << 64) - 1
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]{2,40}")


def key(*parts: str) -> int:
    """A number that is equal for equal texts, in every process: a run may go on where it was not begun.

    Two checksums, of the bytes and of the bytes reversed, because ``hashlib`` costs a filter two milliseconds. It hides
    nothing and resists nobody: who writes a run may only fool himself.
    """
    joined = b"\xff".join(part.encode("utf-8", "surrogatepass") for part in parts)
    return zlib.crc32(joined) << 32 | zlib.crc32(joined[::-1])


def opaque(text: str) -> str:
    """One word that is equal for equal texts and tells nothing else of them; empty stays empty.

    Keyed by the process (SipHash under Python's own random key), so guessing a short text needs this very process.
    """
    return lettered(f"{hash(text) & _SIXTY_FOUR_BITS:016x}") if text else ""


def lettered(digits: str) -> str:
    """Hexadecimal digits as a word that reads as no number."""
    return "q" + "".join(chr(97 + int(digit, 16)) for digit in digits)


def shortened(text: str) -> str:
    """``text``, or its head and tail around the digest of what was left out."""
    if len(text) <= 2 * LOOK_CHARACTERS:
        return text
    middle = lettered(f"{key(text[LOOK_CHARACTERS:-LOOK_CHARACTERS]):016x}")
    return f"{text[:LOOK_CHARACTERS]} {middle} {text[-LOOK_CHARACTERS:]}"


def settled(text: str) -> str:
    """``text`` without clock times, durations, addresses, identifiers, colours and differences in white space."""
    return _SPACE.sub(" ", _VOLATILE.sub("", text)).strip()


def intent(args: str) -> str:
    """An action's arguments without what does not change what it does."""
    return _SPACE.sub(" ", _IDLE.sub("", _VOLATILE.sub("", args))).strip()


def unnumbered(text: str) -> str:
    return _DIGITS.sub("0", settled(text)).lower()


def signature(result: str) -> str:
    """A failure by its last decisive lines; line numbers may move, counts of failed and passed tests may not."""
    decisive: list[str] = []
    plain = ""
    for line in reversed(result.splitlines()):
        if not line.strip():
            continue
        plain = plain or line
        if DECISIVE.search(line[:SIGNATURE_LINE_CHARACTERS]):
            decisive.append(line)
            if len(decisive) == SIGNATURE_LINES:
                break
    lines = [line[:SIGNATURE_LINE_CHARACTERS] for line in decisive or [plain]]
    return "\n".join(_counts_kept(settled(line)) for line in lines)


def _counts_kept(line: str) -> str:
    return _DIGITS.sub("0", COUNTED.sub(lambda count: _letters(count.group(1)), line)).lower()


def _letters(number: str) -> str:
    return "".join(chr(97 + int(digit)) for digit in number if digit.isascii())


def words(text: str) -> frozenset[str]:
    found: set[str] = set()
    for match in _WORD.finditer(text[:LOOK_CHARACTERS].lower()):
        found.add(match.group())
        if len(found) == WORDS_LIMIT:
            break
    return frozenset(found)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common (Jaccard, 1912): 1 for the same words, also for none."""
    if not one and not other:
        return 1.0
    return len(one & other) / len(one | other)
