"""Every state of the plane is on a list, and every pair of states is either a move or refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product
from typing import Any

import pytest

from harmony.assist.knowledge import model as knowledge
from harmony.assist.matching import model as matching
from harmony.assist.problems import watched
from harmony.assist.rewards import model as rewards
from harmony.assist.sessions import model as sessions

MACHINES: list[tuple[str, Collection[str], Callable[[Any, Any], bool], set[tuple[str, str]]]] = [
    (
        "article",
        knowledge.STATUSES,
        knowledge.may_move,
        {("draft", "approved"), ("draft", "archived"), ("approved", "archived")},
    ),
    (
        "request",
        matching.REQUEST_STATES,
        matching.request_may_move,
        {
            ("open", "offered"),
            ("offered", "open"),
            ("offered", "in_session"),
            ("in_session", "open"),
            ("in_session", "resolved"),
            ("open", "cancelled"),
            ("offered", "cancelled"),
        },
    ),
    (
        "offer",
        matching.OFFER_STATES,
        matching.offer_may_move,
        {("pending", end) for end in ("accepted", "declined", "expired", "withdrawn")},
    ),
    ("session", sessions.SESSION_STATES, sessions.may_move, {("open", "resolved"), ("open", "abandoned")}),
    (
        "alarm",
        watched.ALARM_STATES,
        watched.alarm_may_move,
        {("held", "quiet"), *((before, after) for before in ("quiet", "beyond_budget") for after in ("told", "held"))}
        | {("held", "told")},
    ),
    ("contribution", rewards.CONTRIBUTION_STATES, rewards.may_move, {("valued", "distributed")}),
]


@pytest.mark.parametrize(("states", "may_move", "moves"), [m[1:] for m in MACHINES], ids=[m[0] for m in MACHINES])
def test_every_pair_of_states_is_decided(
    states: Collection[str], may_move: Callable[[Any, Any], bool], moves: set[tuple[str, str]]
) -> None:
    assert {pair for pair in product(states, states) if may_move(*pair)} == moves
    assert {state for pair in moves for state in pair} == set(states), "no state stands alone"
