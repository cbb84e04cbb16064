"""Personal data is told apart from the numbers and paths that every log is full of."""

from __future__ import annotations

import pytest

from harmony.kernel.redaction.service import redact

CARD = "4" + "1" * 15
IBAN = "GB" + "82WEST12345698765432"


@pytest.mark.parametrize(
    ("label", "value", "text"),
    [
        ("email", "ada.invented@mail.example.org", "write to {} today"),
        ("email", "Åsa+tag@example.se", "<{}>"),
        ("card", "4012888888881881", "card {}"),
        ("card", "4012 8888 8888 1881", "my card {}."),
        ("card", "3782-822463-10005", "amex {}"),
        ("iban", IBAN, "IBAN {}"),
        ("iban", "GB82 WEST 1234 5698 7654 32", "pay to {}"),
        ("iban", IBAN.lower(), "my iban is {}"),
        ("phone", "+49 30 901820", "Tel. {}"),
        ("phone", "+447700900123", "{} mobile"),
        ("phone", "(555) 010-4477", "{}"),
        ("phone", "555-010-4477", "registered {}."),
        ("phone", "01 84 17 61 18", "ask at {}"),
        ("phone", "71-33-52-22", "They do not answer at {}; call me on 71-33-52-22"),
        ("phone", "450 0840", "Please update it to {}, thanks."),
        ("ip", "203.0.113.77", "from {} port 22"),
        ("ip", "2001:db8:85a3::8a2e:370:7334", "peer [{}]"),
        ("us-ssn", "219-09-9999", "number {}"),
        ("user", "ada", "File /home/{}/project/main.py"),
        ("user", "ada", "at /Users/{}/code"),
        ("user", "ada", "C:\\Users\\{}\\code"),
        ("user", "ada", '"C:\\\\Users\\\\{}\\\\code"'),
        ("user", "Ada Invented", "C:\\Users\\{}\\code"),
    ],
)
def test_personal_data_is_hidden_whole(label: str, value: str, text: str) -> None:
    whole = text.format(value)
    plain = redact(whole)
    assert value not in plain.text
    assert label in {span.type for span in plain.spans if span.start <= whole.index(value) < span.end}


@pytest.mark.parametrize(
    "text",
    [
        "4012888888881882 fails the check digit",
        "GB82WEST12345698765431 fails the check digits",
        "2024-05-01T10:00:00.1234567Z 12:34:56 2024-05-01 01.05.2024",
        "epoch 1499633475961 and build 20240501",
        "listening on 127.0.0.1:8080, 0.0.0.0, ::1 and mask 255.255.255.0",
        "Chrome/89.0.43.90 version 1.2.3.4 v1.2.3.4 lib-1.2.3.4.jar foo==1.2.3.4",
        "std::vector<int> a::b dead::beef Foo::Bar 12:34:56",
        "<Buffer 0a d0 07 0a 8b 01 08 05 10 01 1a>",
        "100 200 300 400",
        "Copyright (c) 2001-2009",
        "git@github.com:owner/repository.git",
        "icon@2x.png and getty@tty1.service",
        "/home/runner/work /home/travis/build /Users/runner/work C:\\Users\\vagrant\\x",
        "https://example.org/home/about https://api.example.org/users/42",
        "pkg@1.2.3 @scope/pkg@^2.0.0",
        "Ran 1234567 tests, 7654321 ok",
    ],
)
def test_what_only_looks_like_personal_data_stays(text: str) -> None:
    assert redact(text).text == text


def test_the_repeated_digit_of_an_example_card_stays() -> None:
    assert redact(f"number {'0' * 16}").text == f"number {'0' * 16}"
    assert redact(CARD).spans == ()


def test_an_address_and_a_key_in_one_line_keep_their_own_types() -> None:
    plain = redact("ada@example.org set password=" + "k9" + "Wz!p2Q from 203.0.113.9")
    assert plain.text == "[PERSONAL:email:1] set password=[SECRET:credential:1] from [PERSONAL:ip:1]"
