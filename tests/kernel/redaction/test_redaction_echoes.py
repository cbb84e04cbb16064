"""A value that was recognised once is known wherever it shows again, in every common encoding."""

from __future__ import annotations

import base64
import json
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.kernel.redaction.echoes import FEW, GRAM_CHARS, LEAST_CHARS, LONGEST_CHARS, Echoes
from harmony.kernel.redaction.errors import CanarySurvived, ValueSlipped
from harmony.kernel.redaction.rules import shipped
from harmony.kernel.redaction.service import redact, redact_stream
from harmony.kernel.redaction.session import Session

SECRET = "q7Wk2m" + "Zx9LpT4v&8"
PADDINGS = st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=9)


def encodings(value: str) -> list[str]:
    raw = value.encode()
    return [
        value,
        base64.b64encode(raw).decode(),
        base64.b64encode(b"user:" + raw + b"\n").decode(),
        base64.urlsafe_b64encode(b"x" + raw + b"?").decode(),
        raw.hex(),
        raw.hex().upper(),
        quote(value, safe=""),
        json.dumps(value)[1:-1],
        escape(value),
    ]


@pytest.mark.parametrize("form", encodings(SECRET))
def test_a_known_value_is_hidden_where_it_stands_by_itself_in_any_encoding(form: str) -> None:
    found = redact(f'password="{SECRET}"\nlater it says {form} alone\n')
    assert found.text.startswith('password="[SECRET:credential:1]"\nlater it says ')
    assert SECRET not in found.text
    assert form[6:-3] not in found.text


def test_also_before_the_place_that_tells_it_and_in_a_later_piece_of_a_stream() -> None:
    text = f"it was {SECRET}\npassword='{SECRET}'\n" + "x y z\n" * 200_000 + f"again {SECRET}\n"
    assert redact(text).text.count("[SECRET:credential:1]") == 3
    pieces = (text[at : at + 70_000] for at in range(0, len(text), 70_000))
    assert "".join(piece.text for piece in redact_stream(pieces)).count("[SECRET:credential:1]") == 3


def test_a_value_that_is_a_word_is_hidden_where_its_name_tells_it_only() -> None:
    assert redact('password="production1"\nrunning in production1').text.endswith("running in production1")


def test_what_a_user_allows_stays_in_every_place() -> None:
    session = Session(shipped().extended(allowed=[SECRET]))
    assert redact(f'password="{SECRET}" {SECRET}', session).text == f'password="{SECRET}" {SECRET}'


def test_echoes_are_restored() -> None:
    session = Session()
    text = f'password="{SECRET}" and {base64.b64encode(SECRET.encode()).decode()} end'
    assert session.restore(redact(text, session).text) == text


@given(st.lists(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=40)), PADDINGS)
def test_every_value_is_found_whatever_stands_around_it_however_many_there_are(values: list[str], around: str) -> None:
    known = Echoes()
    for number in range(FEW):
        known.add(f"filler-{number:09d}-{number:09d}")
    numbers = {value: known.add(value) for value in values}
    for value, expected in numbers.items():
        text = f"{around}{value}{around}"
        assert expected in known.in_text(text)
        assert any(text[echo.start : echo.end].startswith(value) for echo in known.find(text))


def test_values_have_bounds() -> None:
    known = Echoes(memory_limit_chars=1_000)
    assert known.add("x" * (LEAST_CHARS - 1)) is None
    assert known.add("x" * (LONGEST_CHARS + 1)) is None
    assert known.add("abcdefgh") == known.add("abcdefgh") == 0
    assert known.add("y" * 900) is None
    assert GRAM_CHARS == LEAST_CHARS


@pytest.mark.parametrize("form", encodings("planted-value-of-ours&1"))
def test_a_canary_is_seen_in_every_encoding(form: str) -> None:
    session = Session()
    session.add_canary("planted-value-of-ours&1")
    with pytest.raises(CanarySurvived):
        session.check(f"an answer with {form} in it")


def test_a_proving_session_names_what_slipped_and_never_its_value() -> None:
    session = Session(proving=True)
    text = redact("password=hunter2bb and the hunter2bb again", session).text
    with pytest.raises(ValueSlipped) as refusal:
        session.check(text)
    assert refusal.value.details == {"placeholders": ["[SECRET:credential:1]"]}
    assert "hunter2bb" not in str(refusal.value)
    session.check("nothing of it")
    Session().check(text)


def test_percent_signs_hide_nothing_from_a_proof() -> None:
    session = Session(proving=True)
    redact("password=hunter2bb", session)
    with pytest.raises(ValueSlipped):
        session.check("%68%75nter2%62b")
