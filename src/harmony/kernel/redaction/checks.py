"""Named tests that rules refer to: may this match be hidden, is it proven, which spans does it cover.

A check takes the match and the value (the rule's group) and answers whether the value is what the rule says.
A finder takes the match and gives the spans. A proof takes the value.
"""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, crc32
from collections.abc import Callable, Iterator

from harmony.kernel.redaction import assignments, personal, plausible
from harmony.kernel.redaction.model import words
from harmony.kernel.redaction.pattern import Pattern

KEY_LIMIT_CHARS = 65_536
KEY_GAP_CHARS = 256
"""Between the last base64 and END: a log's prefix, quoting."""
KEY_MISSES_LIMIT = 1
MANIFEST_LINES_LIMIT = 1_000
MANIFEST_REACH_CHARS = 4_000

Check = Callable[[re.Match[str], str], bool]
Finder = Callable[[re.Match[str]], Iterator[tuple[int, int]]]

_KEY_RUN = Pattern(r"[A-Za-z0-9+/=]{16,8192}")
_KEY_TAIL = Pattern(r"(?:[A-Za-z0-9+/=]{4}){1,4}[\s\"',]{0,8}\Z")
_KEY_HEADER = Pattern(r"(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):")
_KEY_END = Pattern(r"-----END [A-Z0-9 ]{0,40}(?:-----)?")
_SECRET_KIND = Pattern(
    r"^[ \t\-]{0,20}[\"']?kind[\"']?:[ \t]{0,4}[\"']?secret[\"']?[ \t\r]{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)
_MANIFEST_PAIR = Pattern(
    r"([ \t]+)[\"']?([\w.\-/]{1,200})[\"']?:[ \t]{0,8}(?:[|>][+\-]?[ \t\r]{0,8}$|[\"']?([^\s\"'#][^\n\"']{3,65536}))"
)
_HEADER_WORDS = words("bearer basic token digest negotiate apikey")
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def credible_token(_: re.Match[str], value: str) -> bool:
    """A provider's form filled with a token, not with a mask: ``ghp_xxxxxxxx`` stays."""
    return not plausible.masked(value) and plausible.has_substance(value[-12:] + value[:24])


def random_value(_: re.Match[str], value: str) -> bool:
    return not plausible.placeholder(value) and plausible.random(value)


def url_password(_: re.Match[str], value: str) -> bool:
    """``user:password`` of a URL, unless the password is a variable or there is none."""
    name, _colon, password = value.partition(":")
    if (
        plausible.masked(password)
        or password.startswith(("$", "{", "<", "%"))
        or (password.isdigit() and len(password) < 6)
    ):
        return False
    return not (
        password.lower() in ("password", "pass", "token", "secret", "pwd")
        and name.lower() in ("user", "username", "name")
    )


def credible_header(_: re.Match[str], value: str) -> bool:
    if value.lower() in _HEADER_WORDS or plausible.placeholder(value) or plausible.code(value):
        return False
    return (
        (len(value) >= 12 and not plausible.wordlike(value)) or plausible.random(value) or any(map(str.isdigit, value))
    )


def basic_credentials(_: re.Match[str], value: str) -> bool:
    """Base64 of ``user:password``; the word *basic* alone starts many sentences."""
    return (b":" in _decoded(value) and not plausible.wordlike(value)) or (len(value) >= 20 and plausible.random(value))


def cookie_pairs(_: re.Match[str], value: str) -> bool:
    return "=" in value and any(
        len(part) >= 8 and not plausible.placeholder(part) for part in re.split(r"[=;\s]", value[:1_024]) if part
    )


def curl_credentials(match: re.Match[str], value: str) -> bool:
    """``-u user:password`` where curl or another web client is being run."""
    before = match.string[max(0, match.start() - 2_000) : match.start()].lower()
    if "curl" not in before and "http" not in before and "wget" not in before:
        return False
    name, _colon, password = value.replace('":"', ":").strip('"').partition(":")
    both = (name.lower(), password.lower())
    if both[1] in (
        "pass",
        "password",
        "token",
        "passwd",
        "pwd",
        "secret",
        "api_token",
    ) or plausible.masked(password):
        return False
    bare = password.strip("\"'{}[]<>")
    if "$" in value[:1] or both[0] == both[1] or (bare != password.strip("\"'") and not plausible.random(bare)):
        return False
    return len(password) >= 4 or len(name) >= 8


def password_argument(_: re.Match[str], value: str) -> bool:
    return not plausible.placeholder(value) and not value.startswith(("$", "-"))


def assigned_credential(match: re.Match[str], value: str) -> bool:
    return assignments.credible(match, value, needs_provider=False)


def assigned_provider_key(match: re.Match[str], value: str) -> bool:
    return assignments.credible(match, value, needs_provider=True)


def private_key_block(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """From BEGIN to END, line by line, through log prefixes and quoting; a cut key ends with its last base64."""
    text, at = match.string, match.end()
    limit = min(len(text), at + KEY_LIMIT_CHARS)
    dashes = text.find("-----", at, limit)
    closing = _KEY_END.match(text, dashes) if dashes >= 0 else None
    end = _last_key_line(text, at, limit if dashes < 0 else dashes)
    if end and closing and closing.start() - end <= KEY_GAP_CHARS:
        end = closing.end()
    if end:
        yield match.start(), end


def _last_key_line(text: str, start: int, stop: int) -> int:
    """Where the last line of base64 of a key body ends; 0 when there is none."""
    at, end, misses, column = start, 0, 0, 0
    while at < stop and misses <= KEY_MISSES_LIMIT:
        newline = text.find("\n", at, stop)
        line_end = stop if newline < 0 else newline
        line = text[at:line_end]
        runs = list(_KEY_RUN.finditer(line))
        if runs:
            end, misses, column = at + runs[-1].end(), 0, runs[-1].start()
        elif end and not misses and _KEY_TAIL.match(line[column:]):
            end, misses = at + len(line.rstrip()), 1
        elif line.strip(" \t\r\\n\"'|>") and not _KEY_HEADER.search(line):
            misses += 2
        at = line_end + 1
    return end


def kubernetes_secret_data(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The values under ``data:`` when the manifest around it is of kind Secret."""
    text, here = match.string, match.start()
    before = text[max(0, here - MANIFEST_REACH_CHARS) : here].rpartition("\n---")[2]
    after = text[match.end() : match.end() + MANIFEST_REACH_CHARS].partition("\n---")[0]
    if "ecret" not in before and "ecret" not in after and "ECRET" not in before + after:
        return
    if not (_SECRET_KIND.search(before) or _SECRET_KIND.search(after)):
        return
    line_start = text.rfind("\n", max(0, here - 200), here) + 1
    outer = here - line_start
    at = text.find("\n", match.end()) + 1
    for _ in range(MANIFEST_LINES_LIMIT):
        if at <= 0 or at >= len(text):
            return
        newline = text.find("\n", at, at + 70_000)
        line = text[at : newline if newline >= 0 else at + 70_000]
        indent = len(line) - len(line.lstrip(" \t"))
        if line.strip() and indent <= outer:
            return
        pair = _MANIFEST_PAIR.match(line)
        if pair and pair[3] and not plausible.masked(pair[3]):
            yield at + pair.start(3), at + len(line.rstrip().rstrip("\"'"))
        elif not pair and indent and len(line.strip()) >= 8 and not line.lstrip().startswith(("#", "-")):
            yield at + indent, at + len(line.rstrip())
        at = newline + 1


def base62_crc32(value: str) -> bool:
    """GitHub's and npm's checksum: the last six characters are the CRC-32 of the thirty before, in base 62."""
    body = value.rpartition("_")[2]
    if len(body) < 7:
        return False
    number, digits = crc32(body[:-6].encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits == body[-6:]


def jwt_structure(value: str) -> bool:
    """The first part decodes to a JSON object that names an algorithm."""
    head = _decoded(value.partition(".")[0])
    return head.startswith(b"{") and b'"alg"' in head


def _decoded(value: str) -> bytes:
    plain = value.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return a2b_base64(plain + "=" * (-len(plain) % 4))
    except (Base64Error, ValueError):
        return b""


CHECKS: dict[str, Check] = {
    "credible_token": credible_token,
    "random_value": random_value,
    "url_password": url_password,
    "credible_header": credible_header,
    "basic_credentials": basic_credentials,
    "cookie_pairs": cookie_pairs,
    "curl_credentials": curl_credentials,
    "password_argument": password_argument,
    "assigned_credential": assigned_credential,
    "assigned_provider_key": assigned_provider_key,
    "luhn_card": personal.luhn_card,
    "iban_digits": personal.iban_digits,
    "phone_number": personal.phone_number,
    "social_security": personal.social_security,
    "ipv4_address": personal.ipv4_address,
    "ipv6_address": personal.ipv6_address,
    "mailbox": personal.mailbox,
    "person_folder": personal.person_folder,
}
FINDERS: dict[str, Finder] = {
    "private_key_block": private_key_block,
    "kubernetes_secret_data": kubernetes_secret_data,
}
PROOFS: dict[str, Callable[[str], bool]] = {
    "base62_crc32": base62_crc32,
    "jwt_structure": jwt_structure,
}
