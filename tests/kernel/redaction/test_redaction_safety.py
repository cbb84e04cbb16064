"""No pattern can run away: a structural proof over every rule, then bait under a hard time-out."""

from __future__ import annotations

import faulthandler
from collections.abc import Iterator

import pytest

from harmony.kernel.redaction.rules import shipped
from harmony.kernel.redaction.safety import REPEAT_LIMIT, danger, weight
from harmony.kernel.redaction.service import redact

BAIT_CHARS = 200_000
LONG_LINE_CHARS = 4_000_000
HANG_SECONDS = 300

SINGLES = list("a=:/@._-\"'`\\1 ,;&|<>([{~%A0") + [
    "\n",
    "\t",
    "\r",
    "é",
    "İ",
    "\x00",
    "\u2028",
]
MIXTURES = [
    "-----BEGIN ",
    "-----BEGIN " + "RSA PRIVATE KEY-----",
    "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "A" * 64 + "\n",
    "password=",
    "password: ",
    'token="',
    "token='a\\",
    "secret",
    "key=",
    "a@",
    "a@a.",
    "://a:",
    "://a:b@",
    "1 ",
    "1-",
    "(1)",
    "+1 ",
    "GB82 ",
    "GB82WEST",
    "4111 ",
    "1.1.",
    "a::",
    "fe80:",
    "ey" + "J",
    "ey" + "Ja.",
    "Bearer ",
    "authorization: ",
    "cookie: a=",
    "curl -u a:",
    " login -p",
    "mysql ",
    "machine a login b ",
    "data:\n ",
    "kind: Secret\ndata:\n a: bbbbbbbb\n",
    "/home/",
    "/Users/a",
    "users\\",
    "xo" + "xb-",
    "sk" + "-",
    "AK" + "IA",
    "[SECRET:",
    "[SECRET:a:1]",
    "name value=",
    "BUNDLE_A__",
    "sig=",
    'key="a\\',
    "token,\n",
]


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """A pattern that runs away ends the run with a trace instead of blocking it."""
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("rule", shipped().rules, ids=lambda rule: rule.id)
def test_every_shipped_pattern_is_bounded_and_unambiguous(rule: object) -> None:
    assert danger(rule.pattern) == ""  # type: ignore[attr-defined]  # parametrised from the rules themselves


@pytest.mark.parametrize(
    "pattern",
    [
        "a+",
        "a*b",
        f"a{{1,{REPEAT_LIMIT + 1}}}",
        "(?:a{1,50}){1,50}",
        "(?:a{1,50}b?){1,50}",
        "(?:[a-z]{1,50}|[0-9]{1,9}){1,50}",
        r"\w{1,500}\d{1,500}",
        r"\w{1,500}(?:x?)[a-f]{1,500}",
        "(?:a?){1,50}",
        "(?:a|b{0,50}){2,50}",
        r"(?:\s{0,40}\w{0,40}){1,40}",
        "(?=(?:a{1,50}){1,50}b)",
        "(?:a|ab|b){1,40}c",
        "(?:xa|[a-z]b){4,9}",
    ],
)
def test_a_pattern_that_could_run_away_is_named(pattern: str) -> None:
    assert danger(pattern) != ""


@pytest.mark.parametrize(
    "pattern",
    [
        f"a{{1,{REPEAT_LIMIT}}}",
        r"(?:[\w-]{1,63}\.){1,6}",
        r"\d(?:[ -]?\d){11,18}",
        r"\w{1,500}=\w{1,500}",
        "(?:ab){1,9}",
    ],
)
def test_a_bounded_pattern_whose_turns_can_be_told_apart_passes(pattern: str) -> None:
    assert danger(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        (r"CASE-\d{6}", 1),
        (r"[a-z]{1,64}=\w{1,200}", 200),
        (r"(?:key|id)_[A-Za-z0-9]{20,64}", 45),
        (r"\w{1,100}(?:\.\w{1,100})?", 102),
        ("a{0,99}a{0,99}b", 10_000),
        ("(a{0,99})(?:a{0,99})a{0,99}b", 1_000_000),
        ("a?" * 20 + "b", 2**20),
        (r"(\w{1,100})\1{1,100}z", 1_000_000),
    ],
)
def test_the_weight_of_a_pattern_multiplies_what_can_share_characters(pattern: str, ways: int) -> None:
    assert weight(pattern) == ways


@pytest.mark.parametrize("unit", SINGLES + MIXTURES, ids=repr)
def test_bait_ends(unit: str) -> None:
    text = (unit * (BAIT_CHARS // len(unit) + 1))[:BAIT_CHARS]
    plain = redact(text)
    assert all(0 <= span.start < span.end <= len(text) for span in plain.spans)


def test_a_line_of_millions_of_characters_is_searched_to_its_end_and_across_windows() -> None:
    secret = "pass" + "word=q7Wk2mZx9LpT4v"
    filler = "x " * (LONG_LINE_CHARS // 4)
    text = f"{secret} {filler}{secret} {filler}{secret}"
    assert [span.end - span.start for span in redact(text).spans] == [14, 14, 14]


@pytest.mark.parametrize("offset", range(-30, 6))
def test_a_secret_on_the_border_of_two_windows_is_found(offset: int) -> None:
    from_border = 262_144 + offset
    for text in ("gh" + "p_" + "aB3dE5gH7j" * 4, "ada@example.org", "4012888888881881"):
        padded = " " * from_border + text + " "
        (span,) = redact(padded).spans
        assert padded[span.start : span.end] == text
