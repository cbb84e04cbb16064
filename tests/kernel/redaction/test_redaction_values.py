"""Nested values and streams are redacted as whole texts are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import harmony
from harmony.kernel.redaction.engine import find
from harmony.kernel.redaction.rules import RuleSet, shipped
from harmony.kernel.redaction.service import (
    DEPTH_LIMIT,
    ITEMS_LIMIT,
    STREAM_CHUNK_CHARS,
    TOO_DEEP,
    TOO_MANY,
    redact,
    redact_stream,
    redact_value,
)
from harmony.kernel.redaction.session import Session

SECRET = "q7" + "Wk2mZx9LpT4v"
KEY = (
    "-----BEGIN "
    + "PRIVATE KEY-----\n"
    + ("aB3dE5gH7jK9mN1pQ4rS6tU8vW0xY2zA" * 2 + "\n") * 30
    + "-----END "
    + "PRIVATE KEY-----"
)


def test_strings_are_redacted_at_any_depth_and_other_types_pass() -> None:
    value = {
        "a": [f"password={SECRET}", 7, None, True, 1.5],
        "ada@example.org": ("x", {"b": f"token={SECRET}"}),
    }
    assert redact_value(value) == {
        "a": ["password=[SECRET:credential:1]", 7, None, True, 1.5],
        "[PERSONAL:email:1]": ["x", {"b": "token=[SECRET:credential:1]"}],
    }


@pytest.mark.parametrize("name", ["password", "client_secret", "apiKey", "X-Auth-Token", "db_password"])
def test_a_value_under_a_telling_key_is_hidden(name: str) -> None:
    assert redact_value({name: SECRET}) == {name: "[SECRET:credential:1]"}


def test_a_value_under_another_key_stays() -> None:
    value = {
        "commit": "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "name": "plain",
        "token_type": "Bearer",
        "empty": "",
    }
    assert redact_value(value) == value


def test_a_quote_in_a_value_does_not_cut_it() -> None:
    assert redact_value({"password": 'ab"' + SECRET}) != {"password": 'ab"' + SECRET}
    assert SECRET not in str(redact_value({"password": 'ab"' + SECRET}))


def test_depth_and_number_of_items_are_bounded() -> None:
    deep: object = "x"
    for _ in range(DEPTH_LIMIT):
        deep = [deep]
    assert TOO_DEEP not in str(redact_value(deep))
    assert TOO_DEEP in str(redact_value([deep]))
    wide = redact_value([0] * (ITEMS_LIMIT + 10))
    assert isinstance(wide, list) and len(wide) < ITEMS_LIMIT + 10
    assert TOO_MANY not in wide[:-1]
    assert SECRET not in str(redact_value([0] * ITEMS_LIMIT + [f"password={SECRET}"]))


def test_a_value_restores_through_its_session() -> None:
    session = Session()
    hidden = redact_value({"password": SECRET}, session)
    assert isinstance(hidden, dict)
    assert session.restore(str(hidden["password"])) == SECRET


@pytest.mark.parametrize("step", [1_000, 65_537, STREAM_CHUNK_CHARS, 3_000_000])
@pytest.mark.parametrize("line_end", ["\n", " "])
def test_a_stream_reads_as_the_whole_text_does(step: int, line_end: str) -> None:
    line = f"some words and password={SECRET} and more of them for ada@example.org{line_end}"
    text = (line * 300 + KEY + line_end) * 30
    whole, session = Session(), Session()
    expected = redact(text, whole)
    parts = list(redact_stream((text[at : at + step] for at in range(0, len(text), step)), session))
    assert "".join(part.text for part in parts) == expected.text
    assert tuple(span for part in parts for span in part.spans) == expected.spans
    assert max(len(part.text) for part in parts) < 3 * STREAM_CHUNK_CHARS


def test_an_empty_stream_gives_nothing() -> None:
    assert list(redact_stream([])) == []
    assert list(redact_stream(["", ""])) == []


def test_importing_brings_in_nothing_heavy() -> None:
    source = Path(harmony.__file__).parents[1]
    program = (
        f"import sys; sys.path.insert(0, {str(source)!r}); import harmony.kernel.redaction.service; "
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {
        "dataclasses",
        "inspect",
        "json",
        "logging",
        "tomllib",
        "ipaddress",
        "socket",
        "asyncio",
        "hashlib",
    }
    assert heavy.isdisjoint(done.stdout.split())


def test_redacting_a_plain_line_compiles_no_anchored_pattern() -> None:
    rules = RuleSet(shipped().rules)
    find("a plain line of words", rules)
    assert rules.compiled <= len(rules.searched)
