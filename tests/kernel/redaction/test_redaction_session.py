"""A session gives stable placeholders, restores only its own, stays bounded, and proves that canaries are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.kernel.redaction.errors import CanaryInvalid, CanarySurvived, RuleInvalid
from harmony.kernel.redaction.rules import RuleSet, shipped, user_rule, user_rules
from harmony.kernel.redaction.safety import danger
from harmony.kernel.redaction.service import redact, redact_stream, restore_stream
from harmony.kernel.redaction.session import CANARIES_LIMIT, CANARY_LIMIT_CHARS, Session

FIRST = "q7" + "Wk2mZx9LpT4v"
SECOND = "h3" + "Yn8cRb5JgD1s"

PIECES = st.sampled_from(
    [
        "[SECRET:credential:1]",
        "[SECRET:credential:2]",
        "[PERSONAL:email:1]",
        "[LITERAL:placeholder:1]",
        "[SECRET:",
        "credential:1]",
        "password=" + FIRST,
        "token: " + SECOND,
        "ada@example.org",
        " ",
        "\n",
        "]",
        "[",
        '"',
        "=",
        "İ",
        "word",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=12).map("".join)


def test_the_same_value_has_the_same_placeholder_through_a_session() -> None:
    session = Session()
    texts = [f"password={FIRST}", f"password={SECOND}", f"again password={FIRST}"]
    assert [redact(text, session).text for text in texts] == [
        "password=[SECRET:credential:1]",
        "password=[SECRET:credential:2]",
        "again password=[SECRET:credential:1]",
    ]


@given(st.lists(TEXTS, max_size=4))
def test_restoring_gives_every_text_back(texts: list[str]) -> None:
    session = Session()
    hidden = [redact(text, session).text for text in texts]
    assert [session.restore(text) for text in hidden] == texts


@given(TEXTS, st.integers(min_value=1, max_value=9), st.booleans())
def test_a_stream_is_hidden_and_restored_in_pieces_as_in_one(text: str, step: int, prompt: bool) -> None:
    session = Session()
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    hidden = "".join(part.text for part in redact_stream(pieces, session, prompt=prompt))
    again = [hidden[at : at + step] for at in range(0, len(hidden), step)]
    assert "".join(restore_stream(again, session)) == text


@given(TEXTS)
def test_a_strangers_placeholder_never_restores_into_a_secret(stranger: str) -> None:
    session = Session()
    redact(f"password={FIRST}", session)
    outgoing = redact(stranger, session).text
    assert session.restore(outgoing).count(FIRST) == stranger.count(FIRST)


def test_text_that_reads_like_a_placeholder_is_escaped_and_comes_back_as_itself() -> None:
    session = Session()
    redact(f"password={FIRST}", session)
    outgoing = redact("look: [SECRET:credential:1]", session).text
    assert outgoing == "look: [LITERAL:placeholder:1]"
    assert session.restore(outgoing) == "look: [SECRET:credential:1]"
    assert session.restore("reply about [SECRET:credential:1] and [SECRET:credential:9]") == (
        f"reply about {FIRST} and [SECRET:credential:9]"
    )


def test_without_a_session_redacting_twice_changes_nothing_and_numbers_do_not_collide() -> None:
    once = redact(f"password={FIRST}").text
    assert redact(once).text == once
    assert redact(f"{once} token={SECOND}").text == f"{once} token=[SECRET:credential:2]"


def test_two_sessions_do_not_restore_each_other() -> None:
    ours, theirs = Session(), Session()
    outgoing = redact(f"password={FIRST}", ours).text
    assert theirs.restore(outgoing) == outgoing


def test_a_full_session_still_hides_and_no_longer_restores() -> None:
    session = Session(values_limit=1)
    kept, over = (
        redact(f"password={FIRST}", session).text,
        redact(f"password={SECOND}", session).text,
    )
    assert over == "password=[SECRET:credential:0]"
    assert (session.restore(kept), session.restore(over)) == (f"password={FIRST}", over)


def test_a_session_holds_its_memory_limit_to_the_character() -> None:
    exact = Session(memory_limit_chars=len(FIRST))
    short = Session(memory_limit_chars=len(FIRST) - 1)
    assert redact(f"password={FIRST}", exact).text.endswith(":1]")
    assert redact(f"password={FIRST}", short).text.endswith(":0]")


def test_a_canary_that_survives_whole_or_by_eight_characters_is_reported_by_number_only() -> None:
    session = Session()
    session.add_canary("plain-words-known-value")
    session.add_canary(FIRST)
    session.check(redact(f"password={FIRST}", session).text)
    session.check("plain-w but no more")
    with pytest.raises(CanarySurvived) as refusal:
        session.check("it holds a piece: ain-words")
    assert refusal.value.details == {"canaries": [0]}
    assert "ain-words" not in str(refusal.value)
    assert session.surviving(f"x{FIRST}x") == (1,)


def test_canaries_have_bounds() -> None:
    session = Session()
    session.add_canary("12345678")
    session.add_canary("x" * CANARY_LIMIT_CHARS)
    for value in ("1234567", "x" * (CANARY_LIMIT_CHARS + 1)):
        with pytest.raises(CanaryInvalid):
            session.add_canary(value)
    for number in range(CANARIES_LIMIT - 2):
        session.add_canary(f"known-{number:06d}")
    with pytest.raises(CanaryInvalid):
        session.add_canary("one too many")
    session.add_canary("12345678")


def test_a_users_rule_hides_and_an_allowed_value_stays() -> None:
    rule = user_rule(
        {
            "id": "ticket",
            "kind": "personal",
            "pattern": r"CASE-(\d{6})",
            "group": 1,
            "keywords": ["case-"],
        }
    )
    session = Session(shipped().extended([rule], allowed=[FIRST]))
    text = f"CASE-123456 password={FIRST}"
    plain = redact(text, session)
    assert plain.text == f"CASE-[PERSONAL:ticket:1] password={FIRST}"
    assert session.restore(plain.text) == text


@pytest.mark.parametrize(
    ("field", "given_rule"),
    [
        ("id", {"id": "Not Good", "pattern": "a"}),
        ("pattern", {"id": "a", "pattern": "("}),
        ("pattern", {"id": "a", "pattern": r"(a+)+b"}),
        ("pattern", {"id": "a", "pattern": "x{0,5}"}),
        ("pattern", {"id": "a", "pattern": "(?:a|ab|b){1,40}c"}),
        ("pattern", {"id": "a", "pattern": "a{1,100}a{1,100}a{1,100}b"}),
        ("kind", {"id": "a", "pattern": "a", "kind": "other"}),
        ("label", {"id": "a", "pattern": "a", "label": "a:b"}),
        ("group", {"id": "a", "pattern": "a", "group": 1}),
        ("check", {"id": "a", "pattern": "a", "check": "exec"}),
        ("keywords", {"id": "a", "pattern": "a", "keywords": "abc"}),
        ("colour", {"id": "a", "pattern": "a", "colour": "red"}),
    ],
)
def test_a_bad_rule_is_refused_by_its_field(field: str, given_rule: dict[str, object]) -> None:
    with pytest.raises(RuleInvalid) as refusal:
        user_rule(given_rule)
    assert refusal.value.field == field


def test_a_file_of_rules_is_read_and_a_bad_rule_in_it_is_named_by_its_id() -> None:
    rules, allowed = user_rules({"rule": [{"id": "ticket", "pattern": r"CASE-\d{6}"}], "allow": ["CASE-000000"]})
    text = redact("CASE-123456 CASE-000000", Session(shipped().extended(rules, allowed))).text
    assert text == "[SECRET:ticket:1] CASE-000000"
    with pytest.raises(RuleInvalid, match="rule 'slow': the pattern could take too long") as refusal:
        user_rules({"rule": [{"id": "fine", "pattern": "abc"}, {"id": "slow", "pattern": "(a+)+b"}]})
    assert refusal.value.field == "rule[1].pattern"


@pytest.mark.parametrize(
    "given_file", [[], {"rules": []}, {"rule": {}}, {"rule": ["a"]}, {"allow": "abc"}, {"allow": [""]}]
)
def test_a_file_of_rules_with_another_form_is_refused(given_file: object) -> None:
    with pytest.raises(RuleInvalid):
        user_rules(given_file)


def test_a_rule_set_of_ones_own_keeps_the_promise_about_lookalikes() -> None:
    session = Session(RuleSet([]))
    assert redact("[SECRET:a:1]", session).text == "[LITERAL:placeholder:1]"
    assert danger(r"[a-z]{1,64}=") == ""
