"""Is this number a card, an account, a phone, an address? Check digits if they exist, else shape and context."""

from __future__ import annotations

import re

from harmony.kernel.redaction.pattern import Pattern
from harmony.kernel.redaction.personal_rules import (
    CALLING_WORDS,
    FILE_ENDINGS,
    PHONE_WORDS,
    ROLE_MAILBOXES,
    SERVICE_ACCOUNTS,
)

PHONE_CONTEXT_CHARS = 80
PROSE_CHARS = 200

_CARD_PREFIX = Pattern(
    r"4|5[0-8]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-59]|[689])"
    r"|6(?:011|4[4-9]|5|2|0|3|7|1[2-9])|35|(?:2131|1800)|9[279]"
)
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24,
    "XK": 20,
}  # fmt: skip
_GROUPS = Pattern(r"\d+")
_DATE = Pattern(
    r"(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:[0-2]?\d|3[01])(?!\d)"
    r"|(?:[0-2]?\d|3[01])[-./](?:[0-2]?\d|3[01])[-./](?:19|20)\d\d(?!\d)"
)
_NORTH_AMERICAN = Pattern(r"(?:(?:\+|00)?1[ .\-]?)?(?:\(\d{3}\)[ .\-]?|\d{3}[ .\-])\d{3}[ .\-]\d{4}\Z")
_IN_PAIRS = Pattern(r"0\d(?:[ .\-]\d{2}){4}\Z")
"""As written in France and around: 01 84 17 61 18."""
_YEARS = Pattern(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d\Z")
_ODD_SEPARATORS = Pattern(r"[ .\-/]{2}|\)\d{0,3}\(|\([^)]{6}|/\d{1,2}/|(?:\A|\.)\d(?:\.|\Z)")
_NEARBY = Pattern(rf"(?i)(?<![^\W_])(?:{'|'.join(PHONE_WORDS)})(?![^\W_])")
_CALLING = Pattern(rf"(?i)(?<![^\W_])(?:{'|'.join(CALLING_WORDS)})(?![^\W_])[^\d\n]{{0,16}}\Z")
_BYTE_BEFORE = Pattern(r"(?:\A|[^0-9A-Za-z])[0-9a-f]{2}[ ]\Z")
_VERSION_BEFORE = Pattern(r"(?i)(?:version|ver|v|release|build|==|@|\^|~|>=|<=)[\"':= (]{0,4}\Z")


def luhn(digits: str) -> bool:
    """The check digit of card numbers (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def luhn_card(_: re.Match[str], value: str) -> bool:
    """12-19 digits with an issuer's prefix and a right check digit; separators of one kind."""
    digits = "".join(_GROUPS.findall(value))
    if not _CARD_PREFIX.match(digits) or len(set(digits)) < 3 or (" " in value and "-" in value):
        return False
    groups = _GROUPS.findall(value)
    return luhn(digits) and (len(groups) == 1 or all(len(group) >= 3 for group in groups))


def iban_digits(_: re.Match[str], value: str) -> bool:
    """ISO 13616: the country's length, and the rearranged number is 1 modulo 97."""
    plain = value.replace(" ", "").replace("-", "").upper()
    if _IBAN_LENGTHS.get(plain[:2]) != len(plain) or not plain.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def social_security(_: re.Match[str], value: str) -> bool:
    return value[:3] not in ("000", "666") and value[4:6] != "00" and value[7:] != "0000"


def phone_number(match: re.Match[str], value: str) -> bool:
    """International and North American shapes by themselves; other groupings when they are told apart from dates,
    tables and byte dumps, or when a word nearby speaks of calling."""
    groups = _GROUPS.findall(value)
    digits = sum(map(len, groups))
    if not 7 <= digits <= 15 or _DATE.match(value) or _YEARS.match(value) or len(set("".join(groups))) < 3:
        return False
    if value.startswith(("+", "(+")):
        return digits >= 8
    if _NORTH_AMERICAN.match(value) or (_IN_PAIRS.match(value) and not _in_a_row(match)):
        return True
    if len(groups) == 1:
        return digits <= 12 and _CALLING.search(match.string[max(0, match.start() - 32) : match.start()]) is not None
    if _ODD_SEPARATORS.search(value) or len(groups) > 6 or _in_a_row(match):
        return False
    return _called(match) or _phone_shaped(value, groups, digits) or _alone_in_prose(match, groups)


def _phone_shaped(value: str, groups: list[str], digits: int) -> bool:
    """Groupings that people use and tables do not."""
    if not 2 <= len(groups) <= 5 or "." in value or "/" in value or not 8 <= digits <= 12:
        return False
    trunk = value.startswith(("0", "(0")) and not value.startswith("00")
    sizes = [len(group) for group in groups]
    if min(sizes) < 2 or max(sizes) > 7 or (" " in value and "-" in value and not value.startswith("(")):
        return False
    return (trunk and max(sizes) >= 3) or value.startswith("(") or sizes in ([3, 3, 3], [2, 3, 3], [3, 2, 3])


def _called(match: re.Match[str]) -> bool:
    text = match.string
    start = max(0, match.start() - PHONE_CONTEXT_CHARS)
    before = text[start : match.start()].rpartition("\n")[2]
    after = text[match.end() : match.end() + PHONE_CONTEXT_CHARS // 4].partition("\n")[0]
    return bool(_NEARBY.search(before) or _NEARBY.search(after))


def _alone_in_prose(match: re.Match[str], groups: list[str]) -> bool:
    """The only number of a sentence, in two to five groups: a log line nearly always has others, a time at least."""
    text, value = match.string, match[0]
    start = max(0, match.start() - PROSE_CHARS)
    before = text[start : match.start()].rpartition("\n")[2]
    after = text[match.end() : match.end() + PROSE_CHARS].partition("\n")[0]
    one_kind = len(set(re.findall(r"\D", value))) == 1 and "." not in value and "/" not in value
    words_before = re.findall(r"[^\W\d_]{2,}", before)
    return (
        one_kind
        and 2 <= len(groups) <= 5
        and len(words_before) >= 3
        and not re.search(r"[\d=<>{}\[\]|]", before + after)
    )


def _in_a_row(match: re.Match[str]) -> bool:
    """Another number stands right beside it: a row of a table, not a phone number."""
    text = match.string
    if _BYTE_BEFORE.search(text[max(0, match.start() - 4) : match.start()]):
        return True
    before = text[max(0, match.start() - 4) : match.start()].rstrip(" \t|,")
    after = text[match.end() : match.end() + 4].lstrip(" \t|,")
    return (before[-1:].isdigit() and "\n" not in before) or (after[:1].isdigit() and "\n" not in after)


def ipv4_address(match: re.Match[str], value: str) -> bool:
    """Four octets that are an address of somebody, and not a version, a mask, loopback or any-address."""
    octets = value.split(".")
    if any(int(octet) > 255 or (len(octet) > 1 and octet[0] == "0") for octet in octets):
        return False
    if octets[0] in ("0", "127", "255") or int(octets[0]) >= 224 or octets[1:] == ["0", "0", "0"]:
        return False
    before = match.string[max(0, match.start() - 12) : match.start()]
    if _VERSION_BEFORE.search(before) or (before.endswith("/") and not before.endswith("//")):
        return False
    return max(map(int, octets)) > 9 or not all(len(octet) == 1 for octet in octets)


def ipv6_address(_: re.Match[str], value: str) -> bool:
    """Eight groups, or fewer around one ``::``; not loopback, a clock time or a name with colons."""
    plain = value.partition(".")[0] if "." in value else value
    if ":::" in plain or plain.count("::") > 1 or (plain.endswith(":") and not plain.endswith("::")):
        return False
    groups = [group for group in plain.split(":") if group]
    if any(len(group) > 4 for group in groups) or plain.strip(":0") in ("", "1"):
        return False
    if "::" in plain:
        return len(groups) <= 7 and any(map(str.isdigit, plain)) and (len(groups) >= 3 or max(map(len, groups)) == 4)
    return len(groups) == 8 and max(map(len, groups)) > 2


def mailbox(match: re.Match[str], value: str) -> bool:
    """An address of somebody: not a role that programs use, not a file name with an at sign."""
    local, _at, domain = value.replace("%40", "@").rpartition("@")
    if match.string[max(0, match.start() - 1) : match.start()] in ("@",):
        return False
    return local.lower() not in ROLE_MAILBOXES and domain.rpartition(".")[2].lower() not in FILE_ENDINGS


def person_folder(_: re.Match[str], value: str) -> bool:
    name = value.strip().rstrip(".").lower()
    return len(name) > 1 and name not in SERVICE_ACCOUNTS and not name.startswith(("%", "~", "-", "."))
