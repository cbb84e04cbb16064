from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.assist.problems.stuck.runs import after, does, gets, says, user

from harmony.assist.problems.stuck.model import Event, Role
from harmony.assist.problems.stuck.outlook import OUTLOOK_EVENTS, OUTLOOK_LEAST_EVENTS, Outlook
from harmony.assist.problems.stuck.weights import FEATURES

PLAIN = [user("cancel it, please"), says("which one?"), user("this one"), does("x", "cancel"), gets("ok"), says("done")]


def outlook(events: list[Event]) -> float | None:
    found = Outlook()
    for event in events:
        found.observe(event)
    return found.failure()


def test_there_is_no_outlook_before_enough_was_seen() -> None:
    assert outlook(PLAIN[: OUTLOOK_LEAST_EVENTS - 1]) is None
    assert outlook(PLAIN[:OUTLOOK_LEAST_EVENTS]) is not None


def test_there_is_no_outlook_where_nobody_said_what_is_wanted() -> None:
    assert outlook([does("ls"), gets("x")] * 8) is None


def test_events_after_the_first_sixteen_change_nothing() -> None:
    first = (PLAIN * 3)[:OUTLOOK_EVENTS]
    assert outlook([*first, user("if only it also could, as well, at least " * 20)]) == outlook(first)


def test_asking_much_under_many_conditions_looks_worse_than_a_plain_wish() -> None:
    much = user("Also, if it is under 100, take the cheapest, otherwise another; " * 6)
    plain, hard = outlook(PLAIN), outlook([much, *PLAIN[1:]])
    assert plain is not None
    assert hard is not None
    assert hard > plain


def test_every_feature_has_its_figures_and_the_other_way_round() -> None:
    assert set(Outlook().features()) == set(FEATURES)


@given(st.lists(st.builds(Event, st.sampled_from(list(Role)), st.text(max_size=300), st.text(max_size=5)), max_size=20))
def test_it_is_always_a_likelihood(events: list[Event]) -> None:
    found = outlook(events)
    assert found is None or 0.0 < found < 1.0


def test_a_stuck_run_scores_at_least_the_confidence_of_its_alarm() -> None:
    verdict = after([does("ls"), gets("x")] * 4)
    assert verdict.standing is not None
    assert verdict.score >= verdict.standing.confidence
