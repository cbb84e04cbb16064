"""Patterns and positions: pure, and narrower for those who may not see everything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.coordination.events.model import OWN_PREFIX, Position, name_of, position, position_id, select

KINDS = [
    "coordination.component.registered",
    "coordination.component.degraded",
    "coordination.entity-created",
    "coordination.coordination.odd",
    "settlement.escrow.released",
    "identity.token.created",
    "component.registered",
    "coordinates.x",
    "entity-created",
]


def matched(patterns: tuple[str, ...]) -> set[str]:
    """What the journal finds: exact kinds, or beginnings that end in a star."""

    def one(pattern: str, kind: str) -> bool:
        return kind.startswith(pattern[:-1]) if pattern.endswith("*") else kind == pattern

    return {kind for kind in KINDS if any(one(pattern, kind) for pattern in patterns)}


def wanted(pattern: str | None, everything: bool) -> set[str]:
    """What a reader means: the pattern fits the kind with or without the plane's prefix."""
    expression = re.compile(".*" if pattern is None else re.escape(pattern).replace(r"\*", ".*"))
    fits = {
        kind
        for kind in KINDS
        if expression.fullmatch(kind)
        or (kind.startswith(OWN_PREFIX) and expression.fullmatch(kind.removeprefix(OWN_PREFIX)))
    }
    return {kind for kind in fits if everything or kind.startswith(OWN_PREFIX)}


BEGINNINGS = st.sampled_from(KINDS).flatmap(lambda kind: st.integers(0, len(kind)).map(lambda many: kind[:many]))


@given(st.one_of(st.none(), BEGINNINGS.filter(bool), BEGINNINGS.map(lambda text: text + "*")), st.booleans())
def test_a_pattern_selects_what_it_means_and_nothing_that_is_not_for_the_reader(
    pattern: str | None, everything: bool
) -> None:
    assert matched(select(pattern, None, everything=everything).kinds) == wanted(pattern, everything)


@pytest.mark.parametrize("pattern", [None, "*", "settlement.*", "settlement.escrow.released", "identity*", "c*", ""])
def test_every_selection_of_a_restricted_reader_is_within_coordination(pattern: str | None) -> None:
    kinds = select(pattern, None, everything=False).kinds
    assert kinds, "an empty selection would select everything"
    assert all(kind.startswith(OWN_PREFIX) for kind in kinds)


def test_own_events_go_by_their_short_names_others_by_their_whole_kind() -> None:
    assert name_of("coordination.component.degraded") == "component.degraded"
    assert name_of("settlement.escrow.released") == "settlement.escrow.released"


@pytest.mark.parametrize("text", ["4f1d:17", "17", "0", "a" * 40 + ":" + "9" * 18])
def test_a_position_reads_back(text: str) -> None:
    found = position(text)
    assert found is not None
    assert (position_id(found.epoch, found.revision) if found.epoch else str(found.revision)) == text


@pytest.mark.parametrize(
    "text", ["", ":", ":7", "epoch:", "-1", "1.5", "9" * 19, "a" * 41 + ":1", "a:b:1", "1\n", "\x00", "٣"]
)
def test_what_is_no_position_is_none(text: str) -> None:
    assert position(text) is None


def test_a_position_may_name_its_log() -> None:
    assert position("4f1d:17") == Position(17, "4f1d")
    assert position("17") == Position(17, None)
